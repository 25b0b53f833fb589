package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of a node that runs. */
@ExtendWith(SharedNode.class)
class RunningIT {

  private static final long RESIDENT_LIMIT_KB = 600_000;

  @Test
  void saysItsStateInTwelveLinesAndInJson(NodeProcess node) throws IOException {
    Shell.Result text = node.kiban("status").expect(0);
    JsonNode json = new ObjectMapper().readTree(node.kiban("status", "--json").expect(0).out());

    assertThat(text.out().lines().count()).isBetween(3L, 12L);
    assertThat(json.isContainerNode()).isTrue();
    assertThat(json.toString()).contains("framework", "messaging", "capabilities", "ready");
  }

  @Test
  void staysWithinItsMemory(NodeProcess node) throws IOException {
    Path status = Path.of("/proc/" + node.process().orElseThrow().pid() + "/status");
    long resident =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();

    assertThat(resident).as("largest resident size in kB").isLessThan(RESIDENT_LIMIT_KB);
  }

  @Test
  void listensOnLoopbackOnly(NodeProcess node) {
    long pid = node.process().orElseThrow().pid();
    List<String> open =
        Shell.run(List.of("ss", "-ltnpH"))
            .expect(0)
            .out()
            .lines()
            .filter(line -> line.contains("pid=" + pid + ","))
            .map(line -> line.trim().split("\\s+")[3])
            .toList();

    assertThat(open).isNotEmpty();
    assertThat(open)
        .allMatch(
            address ->
                address.startsWith("127.0.0.1:")
                    || address.startsWith("[::ffff:127.0.0.1]:")
                    || address.startsWith("[::1]:"));
  }
}
