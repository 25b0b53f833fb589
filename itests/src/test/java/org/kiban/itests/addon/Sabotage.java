package org.kiban.itests.addon;

/** What a vendor can get wrong, each in the code of a bundle's activator. */
enum Sabotage {
  /** Nothing is wrong. */
  NONE("", "", "", ""),
  /** Imports a package that nobody exports. */
  BAD_IMPORT("jp.example.missing", "", "", ""),
  /** Throws when it starts. */
  EXCEPTION("", "if (true) throw new IllegalStateException(\"sabotage\");", "", ""),
  /** Never finishes starting, and takes no notice of interrupts. */
  HANG("", "while (spin) { Thread.onSpinWait(); }", "", ""),
  /** Says that it is not well. */
  CRITICAL("", "", "", "return new Result(Result.Status.CRITICAL, \"sabotage\");"),
  /** Brings a health check that does not answer. */
  HEALTH_HANGS("", "", "", "while (spin) { java.util.concurrent.locks.LockSupport.park(); }"),
  /** Leaves a thread running when it stops. */
  THREAD_LEAK(
      "",
      "new Thread(() -> { while (spin) java.util.concurrent.locks.LockSupport.park(); },"
          + " \"probe-leak\").start();",
      "",
      ""),
  /** Wants a port that somebody has. */
  PORT_CLASH("", "taken = new java.net.ServerSocket(@PORT@);", "", ""),
  /** Listens on a port that it did not declare. */
  PORT_UNDECLARED(
      "", "taken = new java.net.ServerSocket(0);", "if (taken != null) taken.close();", ""),
  /** Leaves something of itself where the JVM keeps it. */
  LOADER_LEAK("", "System.getProperties().put(\"jp.example.leak\", this);", "", "");

  final String imports;
  final String start;
  final String stop;
  final String health;

  Sabotage(String imports, String start, String stop, String health) {
    this.imports = imports;
    this.start = start;
    this.stop = stop;
    this.health = health;
  }
}
