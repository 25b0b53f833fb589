package org.kiban.exchange.declaration;

import java.util.Map;
import java.util.Optional;

/**
 * A column.
 *
 * @param name as in the header and in reports
 * @param romaji the romanised name, if one is declared
 * @param item the data item's id (3-digit 業務ID and 5 digits), if one is declared
 * @param type what its cells hold
 * @param length the most characters (digits, for numbers); 0 for no limit
 * @param minLength the fewest characters of a cell that is not empty
 * @param scale the most digits after the decimal point, for {@link Type#DECIMAL}
 * @param required whether a cell may not be empty
 * @param check the check digit to test
 * @param codes the values that are allowed, with their meaning; empty for any
 * @param multiline whether a cell may hold newlines
 * @param width in a fixed-length record, the bytes
 */
public record Column(
    String name,
    Optional<String> romaji,
    Optional<String> item,
    Type type,
    int length,
    int minLength,
    int scale,
    boolean required,
    Check check,
    Map<String, String> codes,
    boolean multiline,
    int width) {

  /** Copies the codes. */
  public Column {
    codes = Map.copyOf(codes);
  }

  /** データ型 of the standard ({@code domain.md} section 3). */
  public enum Type {
    /** Half-width text. */
    X,
    /** Full-width text. */
    N,
    /** Text of any width. */
    TEXT,
    /** Digits. */
    INTEGER,
    /** Digits with a decimal point. */
    DECIMAL,
    /** Digits with a sign. */
    SIGNED,
    /** {@code YYYY-MM-DD}; 0000-01-01 and 9999-12-31 are open ends. */
    DATE,
    /** {@code HH:MM} or {@code HH:MM:SS}. */
    TIME,
    /** {@code YYYY}; 0000 and 9999 are open ends. */
    YEAR,
    /** Base64. */
    BLOB
  }

  /** The check digit of the whole number, digit included. */
  public enum Check {
    /** None. */
    NONE(0),
    /** 全国地方公共団体コード, 6 digits. */
    MUNICIPALITY(6),
    /** 宛名番号, 15 digits; the undefined remainder gives 0. */
    ADDRESSEE(15),
    /** 宛名番号, 15 digits; numbers with the undefined remainder do not exist. */
    ADDRESSEE_SKIP(15),
    /** 個人番号, 12 digits. */
    INDIVIDUAL(12),
    /** 法人番号, 13 digits. */
    CORPORATE(13);

    private final int digits;

    Check(int digits) {
      this.digits = digits;
    }

    /** How many digits the number has, check digit included. */
    public int digits() {
      return digits;
    }
  }
}
