package org.kiban.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Profile.EmptyFile;

/** Bytes that nobody looks into, within the declared size. */
final class Binary {

  private Binary() {}

  static Conversion copy(Declaration declaration, InputStream in, OutputStream out)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    for (int n; (n = in.read(buffer)) >= 0; ) {
      bytes += n;
      if (bytes > declaration.maximum().bytes()) {
        throw new FileFault(ExchangeMessage.FILE_TOO_MANY_BYTES, declaration.maximum().bytes());
      }
      out.write(buffer, 0, n);
    }
    if (bytes == 0 && declaration.input().emptyFile() == EmptyFile.REFUSE) {
      throw new FileFault(ExchangeMessage.FILE_EMPTY);
    }
    out.flush();
    return new Conversion(0, 0, 0, 0, bytes, bytes);
  }
}
