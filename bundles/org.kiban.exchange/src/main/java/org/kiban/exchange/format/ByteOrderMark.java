package org.kiban.exchange.format;

import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Encoding;
import org.kiban.exchange.declaration.Profile;

/** What the first bytes say about the charset. */
enum ByteOrderMark {
  NONE("-"),
  UTF_8("UTF-8", 0xEF, 0xBB, 0xBF),
  UTF_16BE("UTF-16BE", 0xFE, 0xFF),
  UTF_16LE("UTF-16LE", 0xFF, 0xFE);

  private final String charset;
  private final int[] bytes;

  ByteOrderMark(String charset, int... bytes) {
    this.charset = charset;
    this.bytes = bytes;
  }

  static ByteOrderMark of(byte[] buffer, int limit) {
    for (ByteOrderMark mark : values()) {
      if (mark != NONE && mark.begins(buffer, limit)) {
        return mark;
      }
    }
    return NONE;
  }

  private boolean begins(byte[] buffer, int limit) {
    boolean same = limit >= bytes.length;
    for (int i = 0; same && i < bytes.length; i++) {
      same = (buffer[i] & 0xFF) == bytes[i];
    }
    return same;
  }

  int length() {
    return bytes.length;
  }

  /** Refuses a file whose mark is not what its interface says. */
  void check(Profile profile, int limit) {
    String declared = profile.charset().javaName();
    if (this == NONE) {
      if (profile.bom() == Profile.Bom.REQUIRED && limit > 0) {
        throw new FileFault(ExchangeMessage.BOM_MISSING, declared);
      }
    } else if (!isOf(profile.charset())) {
      throw new FileFault(ExchangeMessage.BOM_OF_OTHER_CHARSET, charset, declared);
    } else if (profile.bom() == Profile.Bom.NONE) {
      throw new FileFault(ExchangeMessage.BOM_NOT_ALLOWED, declared);
    }
  }

  private boolean isOf(Encoding encoding) {
    return encoding.javaName().equals(charset) || encoding == Encoding.UTF_16 && this != UTF_8;
  }
}
