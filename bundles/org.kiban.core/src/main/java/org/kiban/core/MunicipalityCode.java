package org.kiban.core;

import org.kiban.core.code.CheckDigits;

/**
 * A 全国地方公共団体コード: six digits, the last a check digit (Ministry of Internal Affairs, local government
 * code; {@code domain.md} section 4).
 *
 * @param value six ASCII digits with a right check digit, for example {@code 332020}
 */
public record MunicipalityCode(String value) implements Comparable<MunicipalityCode> {

  /**
   * @throws IllegalArgumentException if the text is not six digits or its check digit is wrong; the
   *     message names the text and, for a wrong digit, the right one
   */
  public MunicipalityCode {
    if (value == null || !value.matches("[0-9]{6}")) {
      throw new IllegalArgumentException("not six digits: " + value);
    }
    int right = CheckDigits.municipality(value.substring(0, 5));
    if (right != value.charAt(5) - '0') {
      throw new IllegalArgumentException(
          "wrong check digit in " + value + ": the last digit must be " + right);
    }
  }

  /**
   * Tells whether a text is a valid code, without an exception.
   *
   * @param text any text, or null
   * @return true if {@link #MunicipalityCode(String)} would accept it
   */
  public static boolean isValid(String text) {
    return text != null
        && text.matches("[0-9]{6}")
        && CheckDigits.municipality(text.substring(0, 5)) == text.charAt(5) - '0';
  }

  @Override
  public int compareTo(MunicipalityCode other) {
    return value.compareTo(other.value);
  }

  /** Returns the six digits. */
  @Override
  public String toString() {
    return value;
  }
}
