package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.exchange.ledger.Delivery;

/**
 * Brings a refused file back to the directory where it arrived, so that it goes through the
 * interface as it is declared today. The refused delivery stays in the ledger; the file gets a new
 * number.
 */
record Again(Worksite site) {

  long again(Delivery d) throws IOException {
    String id = d.source().line();
    Line line = site.lines.open().get(id);
    if (line == null) {
      throw new KibanException(Outcome.REFUSED, LinkageMessage.NO_INTERFACE, id);
    }
    String transport = line.declaration().receive().transport();
    if (!transport.equals("directory")) {
      // It does not come from a directory of ours, and nobody would look for it in one.
      throw new KibanException(
          Outcome.REFUSED, LinkageMessage.RETRY_ELSEWHERE, Long.toString(d.id()), transport);
    }
    if (d.expiredAt() != 0) {
      throw new KibanException(
          Outcome.REFUSED, LinkageMessage.RETENTION_ENDED, Long.toString(d.id()));
    }
    Path aside = Path.of(d.quarantine());
    if (!Files.isRegularFile(aside, LinkOption.NOFOLLOW_LINKS)) {
      throw new KibanException(
          Outcome.FAILED, LinkageMessage.CONTENT_GONE, Long.toString(d.id()), aside.toString());
    }
    Path back = site.places.in(id).resolve(d.source().file());
    if (Files.exists(back, LinkOption.NOFOLLOW_LINKS)) {
      throw new KibanException(
          Outcome.REFUSED, LinkageMessage.UNREADABLE, back.toString(), "another file lies there");
    }
    Files.move(aside, back, StandardCopyOption.ATOMIC_MOVE);
    Path manifest = aside.resolveSibling(aside.getFileName() + ".manifest.json");
    if (Files.exists(manifest)) {
      Files.move(
          manifest,
          back.resolveSibling(back.getFileName() + ".manifest.json"),
          StandardCopyOption.ATOMIC_MOVE);
    }
    return d.id();
  }
}
