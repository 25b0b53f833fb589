package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.exchange.ledger.Delivery;

/** Files that arrive while a real clamd looks at them. */
class ScannerTest {

  private static final String ID = "031-raw";
  private static final String BINARY =
      """
      interface: 031-raw
      name: そのまま
      provider: "031"
      consumers: [{ system: "010" }]
      input: { profile: binary }
      output: { profile: binary }
      """;
  private static final byte[] BAD = ("x" + Clamd.BAD).getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void given() throws IOException {
    assumeTrue(Files.isExecutable(Clamd.PROGRAM), "no clamd (apt-get install clamav-daemon)");
    bench = new Bench(Files.createDirectory(folder.resolve("node")));
    bench.declare(ID, BINARY);
  }

  @AfterEach
  void close() {
    if (bench != null) {
      bench.close();
    }
  }

  private Clamd clamd() throws IOException {
    return Clamd.in(Files.createTempDirectory(folder, "clamd"));
  }

  @Test
  void whatIsFoundIsQuarantinedAndTheRestPasses() throws IOException {
    try (Clamd clamd = clamd()) {
      Worksite site = bench.scannedBy(clamd.address()).open();
      bench.in(ID, "bad.bin", BAD);
      bench.in(ID, "zip.bin", zipped(BAD));
      bench.in(ID, "good.bin", new byte[1000]);
      bench.work();

      assertThat(bench.out("010", ID))
          .containsKey("good.bin")
          .doesNotContainKeys("bad.bin", "zip.bin");
      for (long id = 1; id <= 3; id++) {
        Delivery d = site.ledger.get(id).orElseThrow();
        boolean good = d.source().file().equals("good.bin");
        assertThat(d.state().equals(Delivery.REFUSED)).as(d.source().file()).isEqualTo(!good);
      }
      assertThat(site.scanner.status().state()).isEqualTo("on");
      assertThat(site.scanner.status().answer()).startsWith("ClamAV ");
    }
  }

  private static byte[] zipped(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("inside"));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void whatCannotBeJudgedIsHeldUntilItCan() throws IOException {
    String address;
    try (Clamd clamd = clamd()) {
      address = clamd.address();
      Worksite site = bench.scannedBy(address).open();
      // given more than clamd takes
      bench.in(ID, "large.bin", new byte[3 << 20]);
      bench.work();
      assertThat(bench.out("010", ID)).isEmpty();
      assertThat(site.problems.all()).anyMatch(p -> p.contains("KBN-EXCHANGE-306"));
      assertThat(site.ledger.get(1)).isEmpty();
      site.close();
    }
    // given that nobody answers
    Worksite site = bench.open();
    bench.in(ID, "good.bin", new byte[10]);
    bench.work();
    assertThat(bench.out("010", ID)).isEmpty();
    assertThat(site.scanner.status().state()).isEqualTo("unreachable");
    assertThat(site.problems.all()).anyMatch(p -> p.contains(address));
  }

  @Test
  void withoutAnAddressNothingIsLookedAtAndThatIsSeen() throws IOException {
    Worksite site = bench.open();
    bench.in(ID, "bad.bin", BAD);
    bench.work();
    assertThat(bench.out("010", ID)).containsKey("bad.bin");
    assertThat(site.scanner.status().state()).isEqualTo("off");
  }

  @Test
  void anAddressThatIsNoneIsRefusedByName() {
    assertThatThrownBy(() -> bench.scannedBy("nonsense").open()).hasMessageContaining("clamd");
  }
}
