package org.kiban.backup.job;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.run.Retention;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * The jobs of one configuration. {@code jobs} names them; what a job does not say itself ({@code
 * <job>.<key>}) it has from the key without a job. Without {@code jobs} there is one, {@code main}.
 */
public final class Jobs {

  private static final String ONLY = "main";
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,31}";
  private static final long HOOK_SECONDS = 300;

  private final String file;
  private final Map<String, ?> values;
  private final ZoneId zone;

  private Jobs(String file, Map<String, ?> values, ZoneId zone) {
    this.file = file;
    this.values = values;
    this.zone = zone;
  }

  /**
   * Reads them.
   *
   * @param file for messages
   * @param values of the configuration
   * @param zone of the schedules
   * @return by name, in the order of the file; never empty
   * @throws KibanException naming file, key and value of what is wrong
   */
  public static Map<String, Job> of(String file, Map<String, ?> values, ZoneId zone) {
    return new Jobs(file, values, zone).read();
  }

  /** A schedule that belongs to no job; never, if the key is missing. */
  public static Schedule schedule(String file, Map<String, ?> values, ZoneId zone, String key) {
    return new Jobs(file, values, zone).schedule(key);
  }

  private Map<String, Job> read() {
    List<String> names = list("jobs", List.of(ONLY));
    Map<String, Job> jobs = new LinkedHashMap<>();
    for (String name : names) {
      if (!name.matches(NAME) || jobs.put(name, job(name)) != null) {
        throw wrong("jobs", name);
      }
    }
    if (jobs.isEmpty()) {
      throw wrong("jobs", "[]");
    }
    return jobs;
  }

  private Job job(String name) {
    return new Job(
        name,
        list(key(name, "sources"), List.of(Job.STATE)),
        list(key(name, "excludes"), List.of()),
        schedule(key(name, "schedule")),
        keep(key(name, "keep")),
        list(key(name, "before"), List.of()),
        list(key(name, "after"), List.of()),
        limit(key(name, "hook-limit-seconds")));
  }

  private String key(String job, String key) {
    String own = job + '.' + key;
    return values.containsKey(own) ? own : key;
  }

  private List<String> list(String key, List<String> fallback) {
    Object value = values.get(key);
    if (value instanceof String[] words) {
      return List.of(words);
    }
    if (value instanceof String word) {
      return List.of(word);
    }
    if (value != null) {
      throw wrong(key, String.valueOf(value));
    }
    return fallback;
  }

  private Schedule schedule(String key) {
    try {
      return new Schedule(list(key, List.of()), zone);
    } catch (IllegalArgumentException e) {
      throw wrong(key, e.getMessage());
    }
  }

  /** Words such as {@code daily 14}, {@code within 1y} or {@code tag 年度末}. */
  private Optional<Retention> keep(String key) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<String> tags = new ArrayList<>();
    String within = "";
    List<String> words = list(key, List.of());
    for (String word : words) {
      String[] parts = word.strip().split("\\s+", 2);
      if (parts.length < 2) {
        throw wrong(key, word);
      }
      switch (parts[0]) {
        case "within" -> within = parts[1];
        case "tag" -> tags.add(parts[1]);
        case "last", "hourly", "daily", "weekly", "monthly", "yearly" ->
            counts.put(parts[0], number(key, parts[1]));
        default -> throw wrong(key, word);
      }
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(new Retention(counts, within, tags));
  }

  private int number(String key, String digits) {
    if (!digits.matches("-1|\\d{1,6}")) {
      throw wrong(key, digits);
    }
    return Integer.parseInt(digits);
  }

  private Duration limit(String key) {
    Object value = values.get(key);
    if (value == null) {
      return Duration.ofSeconds(HOOK_SECONDS);
    }
    if (value instanceof Number n && n.longValue() > 0) {
      return Duration.ofSeconds(n.longValue());
    }
    throw wrong(key, String.valueOf(value));
  }

  private KibanException wrong(String key, String value) {
    return new KibanException(Outcome.USAGE, BackupMessage.WRONG_SETTING, file, key, value);
  }
}
