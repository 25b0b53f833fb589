package org.kiban.logship.mask;

import java.util.Arrays;
import org.kiban.core.code.CheckDigits;

/**
 * Makes 個人番号 unreadable in UTF-8 text: twelve digits, of half or full width, whose check digit is
 * right, in one piece or in groups of three digits and more with one and the same separator between
 * them. Each digit becomes an asterisk of its width, so that nothing moves. Not for several
 * threads.
 */
final class Numbers {

  private static final int DIGITS = 12;
  private static final int LEAST_GROUP = 3;
  private static final int MOST_GROUPS = 64;

  /** What may stand between two groups of digits, as the bytes of UTF-8, big-endian. */
  private static final int[] SEPARATORS = {
    ' ', '-', 0xC2A0, 0xE28090, 0xE28091, 0xE28092, 0xE28093, 0xE28094, 0xE28095, 0xE28892,
    0xE38080, 0xE383BC, 0xEFBC8D, 0xEFBDB0
  };

  private final int[] starts = new int[MOST_GROUPS];
  private final int[] ends = new int[MOST_GROUPS];
  private final int[] counts = new int[MOST_GROUPS];
  private final boolean[] hidden = new boolean[MOST_GROUPS];
  private final char[] digits = new char[DIGITS];

  /** Masks text in place. */
  void mask(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      byte b = text[at];
      // Nearly every byte of nearly every log ends here.
      if (b > '9' || b >= 0 && b < '0' || b < 0 && width(text, at, to) == 0) {
        at++;
      } else {
        at = chain(text, at, to);
      }
    }
  }

  /** Takes groups of digits as long as one separator joins them; returns where to go on. */
  private int chain(byte[] text, int from, int to) {
    int groups = 0;
    int separator = 0;
    int at = from;
    while (groups < MOST_GROUPS) {
      int end = group(text, at, to, groups);
      groups++;
      int next = separator(text, end, to);
      int after = end + length(next);
      if (next == 0
          || separator != 0 && next != separator
          || after >= to
          || width(text, after, to) == 0) {
        check(text, groups);
        // Another separator may begin another chain with the last group.
        return next != 0 && groups > 1 ? starts[groups - 1] : end;
      }
      separator = next;
      at = after;
    }
    check(text, groups);
    return starts[groups - DIGITS / LEAST_GROUP];
  }

  private int group(byte[] text, int from, int to, int index) {
    int at = from;
    int count = 0;
    int width = width(text, at, to);
    while (width > 0) {
      at += width;
      count++;
      width = width(text, at, to);
    }
    starts[index] = from;
    ends[index] = at;
    counts[index] = count;
    return at;
  }

  /** Looks at every row of groups that has twelve digits, then hides all at once: rows overlap. */
  private void check(byte[] text, int groups) {
    Arrays.fill(hidden, 0, groups, false);
    for (int first = 0; first < groups; first++) {
      int sum = 0;
      for (int last = first; last < groups && sum < DIGITS; last++) {
        if (counts[last] < LEAST_GROUP) {
          break;
        }
        sum += counts[last];
        if (sum == DIGITS && isNumber(text, starts[first], ends[last])) {
          Arrays.fill(hidden, first, last + 1, true);
        }
      }
    }
    for (int i = 0; i < groups; i++) {
      if (hidden[i]) {
        hide(text, starts[i], ends[i]);
      }
    }
  }

  private boolean isNumber(byte[] text, int from, int to) {
    int count = 0;
    for (int at = from; at < to; at++) {
      int width = width(text, at, to);
      if (width > 0) {
        at += width - 1;
        digits[count++] = (char) ('0' + (width == 1 ? text[at] - '0' : (text[at] & 0xff) - 0x90));
      }
    }
    return CheckDigits.individual(new String(digits, 0, DIGITS - 1)) == digits[DIGITS - 1] - '0';
  }

  private static void hide(byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      int width = width(text, at, to);
      if (width == 1) {
        text[at] = '*';
      } else if (width > 1) {
        at += width - 1;
        text[at] = (byte) 0x8A; // ＊ U+FF0A
      }
    }
  }

  /** How many bytes the digit here has; 0 if there is none. */
  private static int width(byte[] text, int at, int to) {
    if (at >= to) {
      return 0;
    }
    byte b = text[at];
    if (b >= '0' && b <= '9') {
      return 1;
    }
    boolean full =
        b == (byte) 0xEF
            && at + 2 < to
            && text[at + 1] == (byte) 0xBC
            && text[at + 2] >= (byte) 0x90
            && text[at + 2] <= (byte) 0x99;
    return full ? 3 : 0;
  }

  private static int separator(byte[] text, int at, int to) {
    int code = 0;
    for (int i = at; i < Math.min(to, at + 3); i++) {
      code = code << 8 | text[i] & 0xff;
      for (int separator : SEPARATORS) {
        if (code == separator) {
          return code;
        }
      }
    }
    return 0;
  }

  private static int length(int code) {
    return code == 0 ? 0 : code > 0xFFFF ? 3 : code > 0xFF ? 2 : 1;
  }
}
