package org.kiban.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Municipalities of a running node that have a backup and nothing else. */
final class BackedUp {

  private BackedUp() {}

  /** Switches a municipality's backup on and waits for it; it has no repository yet. */
  static void give(NodeProcess node, String code, String settings) {
    node.configure(file("backup", code), settings);
    node.configure(
        file("municipality", code),
        "{\"code\": \""
            + code
            + "\", \"name\": \"特別区\", \"site\": \"chosha\","
            + " \"environment\": \"verification\", \"capabilities\": [\"backup\"]}");
    Linkage.await(
        Duration.ofMinutes(1),
        "the backup of " + code,
        () -> node.exec("backup:key-list " + code).err().contains("KBN-BACKUP-001"));
  }

  /** Takes it away: others use the node, and its repositories go with the test. */
  static void withdraw(NodeProcess node, String code) throws IOException {
    for (String kind : List.of("municipality", "backup")) {
      Files.delete(node.etc().resolve(file(kind, code)));
    }
  }

  private static String file(String kind, String code) {
    return "org.kiban." + kind + '~' + code + ".cfg.json";
  }
}
