package org.kiban.backup.run;

import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.Id;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Which packs are read: all, none, the n-th of t parts ({@code 2/7}), or a share ({@code 5%}). */
public final class Subset {

  /** All packs. */
  public static final Predicate<Id> ALL = id -> true;

  /** No pack. */
  public static final Predicate<Id> NONE = id -> false;

  private Subset() {}

  /** What an operator typed. */
  public static Predicate<Id> parse(String text) {
    try {
      if (text.endsWith("%")) {
        double share = Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
        if (share > 0 && share <= 1) {
          Random random = new Random();
          return id -> random.nextDouble() < share;
        }
      } else {
        String[] parts = text.split("/", 2);
        int part = Integer.parseInt(parts[0]);
        int of = Integer.parseInt(parts[1]);
        if (part >= 1 && part <= of && of <= 256) {
          return id -> (int) (id.a() >>> 56) % of == part - 1;
        }
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static KibanException wrong(String text) {
    return new KibanException(
        Outcome.USAGE,
        BackupMessage.WRONG_RULE,
        text,
        "n/t (t ≤ 256), x%".toLowerCase(Locale.ROOT));
  }
}
