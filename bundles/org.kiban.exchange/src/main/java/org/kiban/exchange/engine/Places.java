package org.kiban.exchange.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directories of one municipality's linkage.
 *
 * @param root {@code <KIBAN_DATA>/<code>/exchange}
 */
record Places(Path root) {

  private static final int NAME_BYTES = 180;

  Path in() {
    return made("in");
  }

  Path in(String line) {
    return root.resolve("in").resolve(line);
  }

  Path out() {
    return root.resolve("out");
  }

  Path out(String consumer, String line) {
    return out().resolve(consumer).resolve(line);
  }

  /** Refused files and rows of an interface. */
  Path quarantine(String line) {
    return made("quarantine/" + line);
  }

  Path quarantine() {
    return made("quarantine");
  }

  /** Files of no worth after a crash; emptied at the start. */
  Path work() {
    return made("work");
  }

  Path store() {
    return made("store");
  }

  Path ledger() {
    return made("ledger");
  }

  /** Every declaration that was ever in force, by digest: stored contents need theirs. */
  Path declarations() {
    return made("declarations");
  }

  private Path made(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a file of an interface is kept aside: under its number and as much of its name. */
  Path aside(String line, long id, String file) {
    String name = file.replaceAll("[\\p{Cntrl}\\\\/\\x{FFFD}]", "_");
    while (name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > NAME_BYTES) {
      name = name.substring(1);
    }
    return quarantine(line).resolve(id + "-" + name);
  }
}
