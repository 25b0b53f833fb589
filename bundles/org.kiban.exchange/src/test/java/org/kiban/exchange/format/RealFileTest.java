package org.kiban.exchange.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
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

  private static final String SAMPLE =
      """
      pid,pref,cid,city,citykana,lat,lng,url,phrase
      "1","北海道","1100","札幌市","さっぽろし","43.06208877","141.3543886","https://www.city.sapporo.jp/","魅力と活力、髙﨑①㈱～―∥－"
      "33","岡山県","33202","倉敷市","くらしきし","34.58507","133.77189","https://www.city.kurashiki.okayama.jp/",""
      """
          .replace("\n", "\r\n");

  @Test
  void theListInCp932BecomesTheListInUtf8ByteForByte() throws IOException {
    Converting converting = Converting.of(TO_UTF8, data("localgovjp-20200104-sjis.csv"));

    assertThat(converting.findings()).isEmpty();
    assertThat(converting.output).isEqualTo(data("localgovjp-20200104-utf8.csv"));
    assertThat(converting.conversion.rowsWritten())
        .isEqualTo(new String(converting.output, UTF_8).lines().count() - 1);
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

  /** The data stand beside the repository, not in it; where they do not, a few rows like them. */
  private static byte[] data(String name) throws IOException {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      for (String place : new String[] {"shared/data", "../shared/data"}) {
        Path file = folder.resolve(place).resolve(name);
        if (Files.exists(file)) {
          return Files.readAllBytes(file);
        }
      }
    }
    return SAMPLE.getBytes(name.contains("sjis") ? Charset.forName("windows-31j") : UTF_8);
  }
}
