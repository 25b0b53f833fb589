package org.kiban.time.command;

/** Numbers as operators read them. */
final class Shown {

  private Shown() {}

  static String milliseconds(Double value) {
    return value == null ? "" : "%.3f".formatted(value);
  }
}
