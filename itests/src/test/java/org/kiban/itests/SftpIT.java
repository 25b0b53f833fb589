package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A provider and a consumer with OpenSSH's client, on the built distribution. */
@ExtendWith(SharedNode.class)
class SftpIT {

  private static final String CODE = "131211";
  private static final String SETTINGS = "org.kiban.exchange.sftp.cfg.json";

  @TempDir private Path folder;

  @Test
  void aFileGoesInAndOutByTheDoorAndTheAuditKnowsIt(NodeProcess node) throws Exception {
    int port = Ports.free();
    try {
      node.exec("exchange:sftp-status").expect(3);
      Linkage linkage = given(node, port);
      JsonNode status =
          new ObjectMapper().readTree(node.exec("exchange:sftp-status --json").expect(0).out());
      assertThat(status.path("users").findValuesAsText("user"))
          .containsExactly(CODE + "-010", CODE + "-031");
      Files.writeString(
          folder.resolve("known_hosts"),
          "[127.0.0.1]:" + port + " " + status.path("known-host").asText() + "\n");

      Path sent = Files.writeString(folder.resolve("ATENA_1.csv"), "宛名\n");
      sftp(port, "031", "put " + sent + " /in/031-raw/");
      Path out = linkage.out("010", "031-raw").resolve("ATENA_1.csv");
      Linkage.await(Duration.ofMinutes(1), "the delivery", () -> Files.exists(out));
      Path got = folder.resolve("got.csv");
      sftp(port, "010", "get /out/031-raw/ATENA_1.csv " + got, "rm /out/031-raw/ATENA_1.csv");

      assertThat(got).hasSameBinaryContentAs(sent);
      assertThat(out).doesNotExist();
      linkage.verify();
      Linkage.await(
          Duration.ofSeconds(30),
          "the audit",
          () ->
              node.exec("audit:list " + CODE + " --kind transfer")
                  .out()
                  .contains("taken /out/031-raw/ATENA_1.csv"));
      assertThat(node.exec("audit:list " + CODE + " --kind transfer").expect(0).out())
          .contains("handed over /in/031-raw/ATENA_1.csv (7 bytes)");
      assertThat(node.exec("audit:list --kind login --user " + CODE + "-031").expect(0).out())
          .contains("sftp(/127.0.0.1:");
    } finally {
      // Others use this node after it.
      Files.deleteIfExists(node.etc().resolve("exchange/" + CODE + "/031-raw.yaml"));
      Files.deleteIfExists(node.etc().resolve("org.kiban.municipality~" + CODE + ".cfg.json"));
      Files.deleteIfExists(node.etc().resolve(SETTINGS));
    }
  }

  /** A municipality whose door is open, and partners with keys. */
  private Linkage given(NodeProcess node, int port) throws IOException, InterruptedException {
    Path keys = node.etc().resolve("sftp").resolve(CODE);
    node.configure(SETTINGS, "{\"open\": true, \"port\": " + port + "}");
    node.configure(
        "org.kiban.municipality~" + CODE + ".cfg.json",
        "{\"code\": \""
            + CODE
            + "\", \"name\": \"足立区\", \"site\": \"chosha\","
            + " \"environment\": \"production\", \"capabilities\": [\"exchange\"]}");
    Linkage.await(
        Duration.ofMinutes(1),
        "the linkage of " + CODE,
        () -> node.exec("exchange:interface-list " + CODE).status() == 0);
    for (String partner : List.of("031", "010")) {
      node.exec("partner:add --environment production " + CODE + " " + partner).expect(0);
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key(partner));
      Files.createDirectories(keys);
      Files.copy(Path.of(key(partner) + ".pub"), keys.resolve(partner + ".pub"));
    }
    Linkage linkage = new Linkage(node, CODE);
    linkage.declare(
        "031-raw",
        """
        interface: 031-raw
        name: SFTP で
        provider: "031"
        consumers: [{ system: "010" }]
        input: { profile: binary }
        output: { profile: binary }
        """);
    Linkage.await(
        Duration.ofMinutes(1), "the door", () -> node.exec("exchange:sftp-status").status() == 0);
    return linkage;
  }

  private String key(String partner) {
    return folder.resolve("key-" + partner).toString();
  }

  private void sftp(int port, String partner, String... commands)
      throws IOException, InterruptedException {
    Path batch = folder.resolve("batch-" + partner);
    Files.write(batch, List.of(commands));
    run(
        "sftp",
        "-P",
        Integer.toString(port),
        "-b",
        batch.toString(),
        "-F/dev/null",
        "-oUserKnownHostsFile=" + folder.resolve("known_hosts"),
        "-oStrictHostKeyChecking=yes",
        "-oIdentitiesOnly=yes",
        "-oIdentityFile=" + key(partner),
        CODE + "-" + partner + "@127.0.0.1");
  }

  private void run(String... line) throws IOException, InterruptedException {
    Path log = folder.resolve("said");
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(line)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int status = process.waitFor();
    assertThat(status).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
  }
}
