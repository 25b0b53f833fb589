package org.kiban.shell;

import java.util.Set;

/** The options of commands that stand alone, without a value; a test holds every command to it. */
public final class Flags {

  /** Their names. */
  public static final Set<String> NAMES =
      Set.of(
          "--json",
          "--dead",
          "--dry-run",
          "--give-up",
          "--all",
          "--hold",
          "--in-place",
          "--read-data",
          "--refresh",
          "--replace",
          "--help",
          "-h");

  private Flags() {}
}
