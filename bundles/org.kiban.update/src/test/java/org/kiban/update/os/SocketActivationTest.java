package org.kiban.update.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;

/** The helper behind a socket that systemd's own program accepts at, as its unit files say. */
class SocketActivationTest {

  private static final Path ACTIVATE = Path.of("/usr/bin/systemd-socket-activate");
  private static final ZonedDateTime DAY =
      ZonedDateTime.of(2026, 11, 20, 1, 2, 3, 0, ZoneOffset.UTC);

  @TempDir private Path folder;
  private AptRoot root;
  private AptHelper helper;
  private Process systemd;

  @BeforeEach
  void givenASocketOfSystemd() throws Exception {
    assumeTrue(AptRoot.isPossible(), "needs apt-get, dpkg-deb and gpg");
    assumeTrue(Files.isExecutable(ACTIVATE), "needs systemd-socket-activate");
    root = AptRoot.create(folder.resolve("apt"));
    Path program = HelperDoor.install(root);
    Path socket = program.resolveSibling("socket");
    systemd =
        new ProcessBuilder(
                ACTIVATE.toString(),
                "--accept",
                "--inetd",
                "--listen=" + socket,
                program.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("systemd.log").toFile())
            .start();
    while (!Files.exists(socket) && !systemd.waitFor(20, TimeUnit.MILLISECONDS)) {
      // It opens the socket before it waits for callers.
    }
    assertThat(socket).as(Files.readString(folder.resolve("systemd.log"))).exists();
    helper = HelperDoor.helper(program, socket);
  }

  @AfterEach
  void endIt() throws InterruptedException {
    if (systemd != null) {
      systemd.destroyForcibly().waitFor();
    }
  }

  @Test
  void aPackageIsBroughtUpAndARefusalComesBack() throws IOException {
    root.publish("1.1-1", DAY);
    assertThat(String.join("\n", helper.refresh())).contains("Label: Example-Security");

    helper.install("probe", "1.1-1");

    assertThat(root.content("probe")).isEqualTo("1.1-1");
    assertThatThrownBy(() -> helper.install("probe", "1.0-1"))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-UPDATE-103");
    assertThatThrownBy(() -> helper.install("probe", "-o=Debug"))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("not a version");
    assertThat(root.content("probe")).isEqualTo("1.1-1");
  }

  @Test
  void theUnitFilesSayTheSame() throws IOException {
    Path units = Path.of("../../assembly/src/main/distribution/share/systemd");
    Map<String, List<String>> wanted =
        Map.of(
            "kiban-apt.socket",
                List.of("Accept=yes", "ListenStream=/run/kiban-apt/socket", "SocketUser=root"),
            "kiban-apt@.service",
                List.of(
                    "StandardInput=socket",
                    "StandardOutput=socket",
                    "ExecStart=/usr/local/libexec/kiban-apt-helper"));
    for (Map.Entry<String, List<String>> unit : wanted.entrySet()) {
      assertThat(Files.readAllLines(units.resolve(unit.getKey()))).containsAll(unit.getValue());
    }
  }
}
