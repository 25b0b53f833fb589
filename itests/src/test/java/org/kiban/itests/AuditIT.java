package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That nothing can be done on a real node without a record. */
@ExtendWith(SharedNode.class)
class AuditIT {

  private static final Pattern COMMAND = Pattern.compile("(?m)^([a-z]+:[a-z-]+) ");
  private static final Set<String> OURS =
      Set.of("addon", "audit", "exchange", "messaging", "municipality", "node", "partner");

  @Test
  void everyCommandLeavesItsRecords(NodeProcess node) throws IOException {
    // given every command of ours that the node offers, and some of Karaf's
    Set<String> commands = new TreeSet<>(Set.of("bundle:list", "config:list", "jaas:realm-list"));
    Matcher line = COMMAND.matcher(node.exec("help").expect(0).out());
    while (line.find()) {
      if (OURS.contains(line.group(1).split(":")[0])) {
        commands.add(line.group(1));
      }
    }
    assertThat(commands).hasSizeGreaterThan(40);

    // when each is called
    commands.forEach(command -> node.exec(command + " --help").expect(0));

    // then each was recorded before it ran, and when it had ended
    JsonNode entries = list(node, "audit:list --json --kind command --limit 1000");
    for (String result : List.of("begun", "done")) {
      List<String> recorded = new ArrayList<>();
      for (JsonNode entry : entries) {
        JsonNode act = entry.path("act");
        if (act.path("result").asText().equals(result)) {
          assertThat(act.path("user").asText()).isEqualTo("operator@local");
          recorded.add(act.path("what").asText());
        }
      }
      assertThat(recorded).containsAll(commands.stream().map(c -> c + " --help").toList());
    }
    assertThat(node.exec("audit:verify --json").expect(0).out()).contains("\"damages\" : [ ]");
  }

  @Test
  void aWrongCallAndAFailedOneAreRecordedWithTheirReason(NodeProcess node) throws IOException {
    node.exec("municipality:show").expect(2);
    node.exec("municipality:show 131164").expect(2);
    node.exec("secret:list 131164 --password 秘密").expect(2);

    JsonNode entries = list(node, "audit:list 131164 --json --limit 20");
    assertThat(entries.findValuesAsText("result")).contains("failed KBN-NODE-031");
    assertThat(entries.toString()).contains("--password ****").doesNotContain("秘密");
  }

  @Test
  void aFileEditedByHandIsRecorded(NodeProcess node) throws IOException {
    Linkage.await(
        Duration.ofMinutes(1),
        "the first look at a new node",
        () -> Files.exists(node.data().resolve("node/audit/seen.json")));
    node.configure("org.kiban.audit-test.cfg.json", "{\"a\": 1}");
    try {
      Linkage.await(
          Duration.ofMinutes(1),
          "the record of the new file",
          () -> node.exec("audit:list --kind configuration").out().contains("audit-test.cfg.json"));
    } finally {
      Files.delete(node.etc().resolve("org.kiban.audit-test.cfg.json"));
    }
  }

  @Test
  void anUnknownKindIsRefused(NodeProcess node) {
    assertThat(node.exec("audit:list --kind nonsense").expect(2).err()).contains("KBN-AUDIT-010");
    assertThat(node.exec("audit:show 99999999").expect(2).err()).contains("KBN-AUDIT-004");
  }

  private static JsonNode list(NodeProcess node, String command) throws IOException {
    return new ObjectMapper().readTree(node.exec(command).expect(0).out());
  }
}
