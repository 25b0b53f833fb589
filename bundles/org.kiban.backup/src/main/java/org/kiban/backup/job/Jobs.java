package org.kiban.backup.job;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kiban.backup.run.Retention;
import org.kiban.core.KibanException;

/**
 * The jobs of one configuration. {@code jobs} names them; what a job does not say itself ({@code
 * <job>.<key>}) it has from the key without a job. Without {@code jobs} there is one, {@code main}.
 */
public final class Jobs {

  private static final String ONLY = "main";
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,31}";
  private static final long HOOK_SECONDS = 300;

  private final Values values;
  private final ZoneId zone;

  private Jobs(Values values, ZoneId zone) {
    this.values = values;
    this.zone = zone;
  }

  /**
   * Reads them.
   *
   * @param values of the configuration
   * @param zone of the schedules
   * @return by name, in the order of the file; never empty
   * @throws KibanException naming file, key and value of what is wrong
   */
  public static Map<String, Job> of(Values values, ZoneId zone) {
    return new Jobs(values, zone).read();
  }

  /** A schedule that belongs to no job; never, if the key is missing. */
  public static Schedule schedule(Values values, ZoneId zone, String key) {
    return new Jobs(values, zone).schedule(key);
  }

  private Map<String, Job> read() {
    List<String> names = values.list("jobs", List.of(ONLY));
    Map<String, Job> jobs = new LinkedHashMap<>();
    for (String name : names) {
      if (!name.matches(NAME) || jobs.put(name, job(name)) != null) {
        throw values.wrong("jobs", name);
      }
    }
    if (jobs.isEmpty()) {
      throw values.wrong("jobs", "[]");
    }
    return jobs;
  }

  private Job job(String name) {
    return new Job(
        name,
        values.list(key(name, "sources"), List.of(Job.STATE)),
        values.list(key(name, "excludes"), List.of()),
        schedule(key(name, "schedule")),
        keep(key(name, "keep")),
        values.list(key(name, "before"), List.of()),
        values.list(key(name, "after"), List.of()),
        limit(key(name, "hook-limit-seconds")));
  }

  private String key(String job, String key) {
    String own = job + '.' + key;
    return values.all().containsKey(own) ? own : key;
  }

  private Schedule schedule(String key) {
    try {
      return new Schedule(values.list(key, List.of()), zone);
    } catch (IllegalArgumentException e) {
      throw values.wrong(key, e.getMessage());
    }
  }

  /** Words such as {@code daily 14}, {@code within 1y} or {@code tag 年度末}. */
  private Optional<Retention> keep(String key) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<String> tags = new ArrayList<>();
    String within = "";
    List<String> words = values.list(key, List.of());
    for (String word : words) {
      String[] parts = word.strip().split("\\s+", 2);
      if (parts.length < 2) {
        throw values.wrong(key, word);
      }
      switch (parts[0]) {
        case "within" -> within = parts[1];
        case "tag" -> tags.add(parts[1]);
        case "last", "hourly", "daily", "weekly", "monthly", "yearly" ->
            counts.put(parts[0], number(key, parts[1]));
        default -> throw values.wrong(key, word);
      }
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(new Retention(counts, within, tags));
  }

  private int number(String key, String digits) {
    if (!digits.matches("-1|\\d{1,6}")) {
      throw values.wrong(key, digits);
    }
    return Integer.parseInt(digits);
  }

  private Duration limit(String key) {
    Object value = values.all().get(key);
    if (value == null) {
      return Duration.ofSeconds(HOOK_SECONDS);
    }
    if (value instanceof Number n && n.longValue() > 0) {
      return Duration.ofSeconds(n.longValue());
    }
    throw values.wrong(key, String.valueOf(value));
  }
}
