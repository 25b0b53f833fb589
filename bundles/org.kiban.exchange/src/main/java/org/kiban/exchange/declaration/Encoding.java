package org.kiban.exchange.declaration;

/** A charset, by its registered name. {@code windows-31j} is not {@code Shift_JIS}. */
public enum Encoding {
  UTF_8("UTF-8"),
  /** With a byte order mark that says which; big-endian without. */
  UTF_16("UTF-16"),
  UTF_16LE("UTF-16LE"),
  UTF_16BE("UTF-16BE"),
  /** CP932, with the rows of NEC and IBM. */
  WINDOWS_31J("windows-31j"),
  /** JIS X 0208 alone. */
  SHIFT_JIS("Shift_JIS"),
  EUC_JP("EUC-JP"),
  ISO_2022_JP("ISO-2022-JP");

  private final String javaName;

  Encoding(String javaName) {
    this.javaName = javaName;
  }

  /** The name that the JDK knows. */
  public String javaName() {
    return javaName;
  }

  /** Whether it is one of Unicode's, which hold every character. */
  public boolean isUnicode() {
    return ordinal() <= UTF_16BE.ordinal();
  }
}
