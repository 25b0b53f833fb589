package org.kiban.exchange.engine;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kiban.exchange.api.DryRun;
import org.kiban.exchange.api.DryRun.RowError;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.format.Conversion;
import org.kiban.exchange.format.FileConverter;
import org.kiban.exchange.format.FileFault;
import org.kiban.exchange.format.Finding;
import org.kiban.exchange.format.Reject;

/** Runs a file through an interface without leaving a trace. */
final class Trial {

  private static final int SHOWN = 20;

  private final List<RowError> errors = new ArrayList<>();

  private Trial() {}

  static DryRun of(Declaration declaration, Path file) throws IOException {
    return new Trial().run(declaration, file);
  }

  private DryRun run(Declaration declaration, Path file) throws IOException {
    MessageDigest digest = Hashes.sha256();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out =
            new FilterOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
              }
            }) {
      Conversion c = new FileConverter(declaration).convert(in, Files.size(file), out, this::note);
      return new DryRun(
          c.rowsRejected() == 0 ? "delivered" : "partly-quarantined",
          null,
          null,
          null,
          c.rowsRead(),
          c.rowsWritten(),
          c.rowsRejected(),
          c.charactersReplaced(),
          c.bytesWritten(),
          Hashes.hex(digest.digest()),
          List.copyOf(errors));
    } catch (FileFault e) {
      e.rejects().forEach(this::note);
      return new DryRun(
          "refused",
          e.code().code(),
          e.text(Locale.ENGLISH),
          e.text(Locale.JAPANESE),
          0,
          0,
          0,
          0,
          0,
          "",
          List.copyOf(errors));
    }
  }

  private void note(Reject reject) {
    for (Finding f : reject.findings()) {
      if (errors.size() < SHOWN) {
        errors.add(
            new RowError(
                reject.row(),
                reject.line(),
                f.columnName(),
                f.code(),
                f.reason(Locale.JAPANESE),
                f.reason(Locale.ENGLISH)));
      }
    }
  }
}
