package org.kiban.backup.run;

import java.time.OffsetDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.Snapshot;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Which snapshots are kept, in restic's words. Snapshots of one node and the same paths are counted
 * together. As long as a rule has not used its count up, it keeps the oldest as well.
 *
 * @param counts by word: last, hourly, daily, weekly, monthly, yearly; -1 is all
 * @param within a span back from the newest, such as {@code 1y5m7d2h}; empty is none
 * @param tags lists of tags of which a snapshot must have all, separated by commas
 */
public record Retention(Map<String, Integer> counts, String within, List<String> tags) {

  private static final Pattern SPAN =
      Pattern.compile("(?:(\\d+)y)?(?:(\\d+)m)?(?:(\\d+)d)?(?:(\\d+)h)?");

  /** Says at once what is not understood, and refuses to keep nothing. */
  public Retention {
    if (!SPAN.matcher(within).matches()) {
      throw wrong("keep-within " + within, "1y5m7d2h");
    }
    if (counts.values().stream().allMatch(c -> c == 0) && within.isEmpty() && tags.isEmpty()) {
      throw wrong("forget", "--keep-last, --keep-daily, …");
    }
  }

  private static KibanException wrong(String what, String right) {
    return new KibanException(Outcome.USAGE, BackupMessage.WRONG_RULE, what, right);
  }

  private static final class Rule {
    private final ToLongFunction<OffsetDateTime> bucket;
    private int left;
    private long last = -1;

    Rule(ToLongFunction<OffsetDateTime> bucket, int left) {
      this.bucket = bucket;
      this.left = left;
    }

    boolean keeps(OffsetDateTime time, boolean oldest) {
      long value = bucket.applyAsLong(time);
      if (left == 0 || value == last && !oldest) {
        return false;
      }
      last = value;
      left -= left > 0 ? 1 : 0;
      return true;
    }
  }

  /** The snapshots that are not kept. */
  public List<Snapshot> forgotten(List<Snapshot> all) {
    Map<String, List<Snapshot>> groups = new LinkedHashMap<>();
    for (Snapshot s : all) {
      groups
          .computeIfAbsent(s.host() + '\0' + new TreeSet<>(s.paths()), k -> new ArrayList<>())
          .add(s);
    }
    List<Snapshot> forgotten = new ArrayList<>();
    groups.values().forEach(g -> forgotten.addAll(group(g)));
    return forgotten;
  }

  private List<Snapshot> group(List<Snapshot> group) {
    List<Snapshot> newest = new ArrayList<>(group);
    newest.sort(Comparator.comparing(Snapshot::time).reversed());
    List<Rule> rules = rules();
    OffsetDateTime since = since(newest.get(0).localTime());
    List<Snapshot> forgotten = new ArrayList<>();
    for (int i = 0; i < newest.size(); i++) {
      Snapshot s = newest.get(i);
      boolean keep = since != null && s.localTime().isAfter(since);
      keep |= tags.stream().anyMatch(t -> s.tags().containsAll(Set.of(t.split(","))));
      for (Rule rule : rules) {
        keep |= rule.keeps(s.localTime(), i == newest.size() - 1);
      }
      if (!keep) {
        forgotten.add(s);
      }
    }
    return forgotten;
  }

  private List<Rule> rules() {
    long[] number = {0};
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      ToLongFunction<OffsetDateTime> bucket =
          switch (count.getKey()) {
            case "last" -> t -> number[0]++;
            case "hourly" -> t -> day(t) * 100 + t.getHour();
            case "daily" -> Retention::day;
            case "weekly" ->
                t ->
                    t.get(IsoFields.WEEK_BASED_YEAR) * 100L
                        + t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "monthly" -> t -> t.getYear() * 100L + t.getMonthValue();
            case "yearly" -> OffsetDateTime::getYear;
            default -> throw wrong(count.getKey(), "last, hourly, daily, weekly, monthly, yearly");
          };
      rules.add(new Rule(bucket, count.getValue()));
    }
    return rules;
  }

  private static long day(OffsetDateTime t) {
    return t.getYear() * 10000L + t.getMonthValue() * 100L + t.getDayOfMonth();
  }

  private OffsetDateTime since(OffsetDateTime newest) {
    Matcher span = SPAN.matcher(within);
    if (within.isEmpty() || !span.matches()) {
      return null;
    }
    return newest
        .minusYears(number(span.group(1)))
        .minusMonths(number(span.group(2)))
        .minusDays(number(span.group(3)))
        .minusHours(number(span.group(4)));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
