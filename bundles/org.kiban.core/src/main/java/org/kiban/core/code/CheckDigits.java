package org.kiban.core.code;

import java.util.OptionalInt;

/**
 * Check digits of the numbers that municipalities use ({@code domain.md} section 4). Every function
 * takes ASCII digits without the check digit and returns that digit. Stateless; safe for any
 * thread.
 */
public final class CheckDigits {

  private CheckDigits() {}

  /**
   * 全国地方公共団体コード: weights 6, 5, 4, 3, 2; 11 − (sum mod 11), its last digit.
   *
   * @param digits five digits
   * @throws IllegalArgumentException if there are not five digits
   */
  public static int municipality(CharSequence digits) {
    require(digits, 5);
    int sum = 0;
    for (int i = 0; i < 5; i++) {
      sum += digit(digits, i) * (6 - i);
    }
    // A sum below 11 is subtracted as it is, which is the same as taking the remainder.
    return (11 - sum % 11) % 10;
  }

  /**
   * 宛名番号 and 団体内統合宛名番号: modulus 11, weights 2 to 7 repeating from the right; remainder 0 gives 0.
   * Remainder 1 is not defined by the standard.
   *
   * @param digits fourteen digits
   * @return the digit, or nothing in the undefined case
   * @throws IllegalArgumentException if there are not fourteen digits
   */
  public static OptionalInt addressee(CharSequence digits) {
    require(digits, 14);
    int sum = 0;
    for (int i = 0; i < 14; i++) {
      sum += digit(digits, 13 - i) * (2 + i % 6);
    }
    int remainder = sum % 11;
    if (remainder == 1) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(remainder == 0 ? 0 : 11 - remainder);
  }

  /**
   * 個人番号: Σ Pn·Qn from the lowest digit, Qn = n+1 for n up to 6 and n−5 above; remainder 0 or 1
   * gives 0 (行政手続における特定の個人を識別するための番号の利用等に関する法律の規定による通知カード及び個人番号カード等に関する省令).
   *
   * @param digits eleven digits
   * @throws IllegalArgumentException if there are not eleven digits
   */
  public static int individual(CharSequence digits) {
    require(digits, 11);
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      sum += digit(digits, 11 - n) * (n <= 6 ? n + 1 : n - 5);
    }
    int remainder = sum % 11;
    return remainder <= 1 ? 0 : 11 - remainder;
  }

  /**
   * 法人番号: 9 − (Σ d·w mod 9), w alternating 1, 2 from the right; the check digit stands first.
   *
   * @param digits the twelve digits after the check digit
   * @throws IllegalArgumentException if there are not twelve digits
   */
  public static int corporate(CharSequence digits) {
    require(digits, 12);
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += digit(digits, 11 - i) * (1 + i % 2);
    }
    return 9 - sum % 9;
  }

  private static int digit(CharSequence digits, int index) {
    return digits.charAt(index) - '0';
  }

  private static void require(CharSequence digits, int length) {
    boolean right = digits.length() == length;
    for (int i = 0; right && i < length; i++) {
      right = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    if (!right) {
      throw new IllegalArgumentException("expected " + length + " digits");
    }
  }
}
