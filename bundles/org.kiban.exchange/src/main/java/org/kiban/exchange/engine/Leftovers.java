package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.Ledger;

/**
 * Removes rows and reports from the quarantine that a crash left before the ledger had their
 * delivery: the file that they came from still lies where it arrived and makes them again. Whole
 * files are moved there only after the ledger has them, and are never touched.
 */
record Leftovers(Ledger ledger, Path quarantine) {

  private static final Pattern DERIVED =
      Pattern.compile("([0-9]+)-(.+)(\\.rows|\\.errors\\.csv)", Pattern.DOTALL);

  void remove() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(quarantine, 2)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Matcher name = DERIVED.matcher(file.getFileName().toString());
      if (name.matches() && !owned(file, Long.parseLong(name.group(1)))) {
        Files.delete(file);
      }
    }
  }

  private boolean owned(Path file, long id) throws IOException {
    String base = file.toString().replaceAll("(\\.rows|\\.errors\\.csv)$", "");
    return ledger.get(id).map(Delivery::quarantine).filter(q -> q.startsWith(base)).isPresent();
  }
}
