package org.kiban.messaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many lasting messages a municipality's queues hold, and how many came and went since the
 * start, so that two counts bound what a copy holds that was made between them.
 *
 * @param messages that survive a restart
 * @param come ever
 * @param gone ever: acknowledged, given up or too old
 */
record Count(long messages, long come, long gone) {

  static final Count NONE = new Count(0, 0, 0);

  Count plus(Count other) {
    return new Count(messages + other.messages, come + other.come, gone + other.gone);
  }

  /**
   * Writes what a copy may hold, by municipality: {@code {"332020":{"least":200,"most":200}}}.
   *
   * @param before counted before the copy was made
   * @param after counted after it
   */
  static void write(Map<String, Count> before, Map<String, Count> after, Path file)
      throws IOException {
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<String, Count> entry : new TreeMap<>(before).entrySet()) {
      Count first = entry.getValue();
      Count last = after.getOrDefault(entry.getKey(), first);
      json.append(json.length() > 1 ? "," : "")
          .append("\"%s\":{".formatted(entry.getKey()))
          .append("\"least\":%d,".formatted(first.messages - (last.gone - first.gone)))
          .append("\"most\":%d}".formatted(first.messages + last.come - first.come));
    }
    Files.writeString(file, json.append('}'), StandardCharsets.UTF_8);
  }
}
