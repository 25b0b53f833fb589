package org.kiban.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every municipality of Japan, in the two charsets in which the list is published. */
class RealFileTest {

  private static final String TO_UTF8 =
      """
      input: { profile: legacy-cp932, newline: crlf }
      output: { profile: standard, quote: preserve }
      columns:
        - { name: pid, type: 9, length: 2, required: true }
        - { name: pref, type: N, length: 4, required: true }
        - { name: cid, type: 9, length: 5, required: true }
        - { name: city, length: 20, required: true }
        - { name: citykana, length: 30, required: true }
        - { name: lat, type: S9, scale: 10 }
        - { name: lng, type: S9, scale: 10 }
        - { name: url, type: X, length: 200 }
        - { name: phrase, length: 200 }
      key: [cid, city]
      """;
  private static final String TO_CP932 =
      """
      input: { profile: standard }
      output: { profile: legacy-cp932, quote: preserve }
      """;

  @Test
  void theListInCp932BecomesTheListInUtf8ByteForByte() throws IOException {
    Converting converting = Converting.of(TO_UTF8, data("localgovjp-20200104-sjis.csv"));

    assertThat(converting.findings()).isEmpty();
    assertThat(converting.output).isEqualTo(data("localgovjp-20200104-utf8.csv"));
    assertThat(converting.conversion.rowsWritten()).isEqualTo(1916);
    assertThat(converting.conversion.bytesWritten()).isEqualTo(converting.output.length);
  }

  @Test
  void andBack() throws IOException {
    Converting converting = Converting.of(TO_CP932, data("localgovjp-20200104-utf8.csv"));

    assertThat(converting.output).isEqualTo(data("localgovjp-20200104-sjis.csv"));
  }

  @Test
  void theSameByteByByte() throws IOException {
    assertThat(Converting.drop(TO_UTF8, data("localgovjp-20200104-sjis.csv")).output)
        .isEqualTo(data("localgovjp-20200104-utf8.csv"));
  }

  /** The data stand beside the repository, not in it. */
  private static byte[] data(String name) throws IOException {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      for (String place : new String[] {"shared/data", "../shared/data"}) {
        Path file = folder.resolve(place).resolve(name);
        if (Files.exists(file)) {
          return Files.readAllBytes(file);
        }
      }
    }
    String given = System.getProperty("kiban.test.data");
    assumeTrue(given != null, "no " + name + " beside the repository");
    return Files.readAllBytes(Path.of(given, name));
  }
}
