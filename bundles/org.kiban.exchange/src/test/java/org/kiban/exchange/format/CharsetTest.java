package org.kiban.exchange.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our tables and loops against the JDK, for every code point, and against iconv where it is. */
class CharsetTest {

  private static final String BARE =
      "input: { charset: %s, header: none, quote: none, newline: lf, bom: optional }\n"
          + "output: { charset: %s, header: none, quote: none, newline: lf }\n";

  /** Every code point that can stand in a cell, one a row. */
  private static List<String> characters() {
    return characters(1);
  }

  /** All of the BMP, and of what lies above it one in so many. */
  private static List<String> characters(int step) {
    List<String> all = new ArrayList<>();
    for (int c = 0x20; c <= Character.MAX_CODE_POINT; c += c < 0x10000 ? 1 : step) {
      boolean surrogate = c >= 0xD800 && c < 0xE000;
      // A mark at the start of the file is one, and is tested elsewhere.
      if (!surrogate && c != ',' && c != '"' && c != 0x7F && !(c >= 0x80 && c < 0xA0)) {
        all.add(Character.toString(c));
      }
    }
    return all;
  }

  private static Converting convert(String from, String to, byte[] bytes) throws IOException {
    return Converting.of(BARE.formatted(from, to) + "maximum: { rows: 2000000 }\n", bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-31j", "Shift_JIS", "EUC-JP", "ISO-2022-JP"})
  void aCharacterIsWrittenAsTheJdkDoesOrItsRowIsRejected(String name) throws IOException {
    // Given the code points, and what the JDK makes of it and reads back
    Charset charset = Charset.forName(name);
    List<String> all = characters(61);
    StringBuilder held = new StringBuilder();
    TreeSet<Integer> lost = new TreeSet<>();
    java.nio.charset.CharsetEncoder encoder = charset.newEncoder();
    for (String character : all) {
      if (encoder.canEncode(character) && isSame(charset, character)) {
        held.append(character).append('\n');
      } else {
        lost.add(character.codePointAt(0));
      }
    }

    // When they are converted
    Converting converting =
        convert("utf-8", name.toLowerCase(java.util.Locale.ROOT), rows(all).getBytes(UTF_8));

    // Then the bytes are the JDK's, and every other code point is named
    assertThat(new String(converting.output, charset)).isEqualTo(held.toString());
    assertThat(converting.output).isEqualTo(lineByLine(held.toString(), charset));
    assertThat(converting.rejects).hasSize(lost.size());
    assertThat(converting.reasons(java.util.Locale.ROOT))
        .first()
        .asString()
        .contains("U+%04X".formatted(lost.first()));
  }

  private static boolean isSame(Charset charset, String character) {
    return new String(character.getBytes(charset), charset).equals(character);
  }

  /** In ISO-2022-JP each row ends in ASCII, as mail and most systems want it. */
  private static byte[] lineByLine(String text, Charset charset) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    text.lines().forEach(line -> out.writeBytes((line + "\n").getBytes(charset)));
    return out.toByteArray();
  }

  private static String rows(List<String> cells) {
    return String.join("\n", cells) + "\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-31j", "Shift_JIS", "EUC-JP"})
  void bytesAreReadAsTheJdkDoesOrTheirRowIsRejected(String name) throws IOException {
    Charset charset = Charset.forName(name);
    StringBuilder expected = new StringBuilder();
    int bad = 0;
    java.io.ByteArrayOutputStream in = new java.io.ByteArrayOutputStream();
    for (int first = 0x80; first < 0x100; first++) {
      for (int second = 0x30; second < 0x100; second++) {
        byte[] pair = {(byte) first, (byte) second};
        in.writeBytes(pair);
        in.write('\n');
        try {
          CharBuffer text = charset.newDecoder().decode(java.nio.ByteBuffer.wrap(pair));
          expected.append(text).append('\n');
        } catch (CharacterCodingException e) {
          bad++;
        }
      }
    }

    Converting converting =
        convert(name.toLowerCase(java.util.Locale.ROOT), "utf-8", in.toByteArray());

    assertThat(converting.text()).isEqualTo(expected.toString());
    assertThat(converting.rejects).hasSize(bad);
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "utf-16", "utf-16le", "utf-16be"})
  void unicodeIsReadAndWrittenAsTheJdkDoes(String name) throws IOException {
    String text = rows(characters());
    Charset charset = Charset.forName(name);

    assertThat(convert("utf-8", name, text.getBytes(UTF_8)).output)
        .isEqualTo(text.getBytes(charset));
    assertThat(convert(name, "utf-8", text.getBytes(charset)).output)
        .isEqualTo(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "C0 AF",
    "ED A0 80",
    "F4 90 80 80",
    "F5 80 80 80",
    "80",
    "E3 81",
    "F0 9F 98",
    "FF",
    "E0 80 80",
    "C3 28"
  })
  void wrongUtf8CostsItsRowAndNoOther(String hex) throws IOException {
    byte[] wrong = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
    java.io.ByteArrayOutputStream in = new java.io.ByteArrayOutputStream();
    in.writeBytes("前\n".getBytes(UTF_8));
    in.writeBytes(wrong);
    in.writeBytes("\n後\n".getBytes(UTF_8));

    Converting converting = convert("utf-8", "utf-8", in.toByteArray());

    assertThat(converting.text()).isEqualTo("前\n後\n");
    assertThat(converting.findings()).isNotEmpty().allMatch("2 E0002 null"::equals);
    assertThat(converting.rejects.get(0).raw()).startsWith(wrong).endsWith((byte) '\n');
  }

  @Test
  void windows31jIsNotShiftJis() throws IOException {
    // domain.md section 5
    byte[] waves = {(byte) 0x81, 0x60, '\n'};
    assertThat(convert("windows-31j", "utf-8", waves).text()).isEqualTo("～\n");
    assertThat(convert("shift_jis", "utf-8", waves).text()).isEqualTo("〜\n");
    for (String only : List.of("髙", "﨑", "①", "㈱")) {
      byte[] utf8 = (only + "\n").getBytes(UTF_8);
      assertThat(convert("utf-8", "windows-31j", utf8).rejects).isEmpty();
      assertThat(convert("utf-8", "shift_jis", utf8).rejects).hasSize(1);
    }
    for (String neither : List.of("𠮷", "俱", "邉󠄏")) {
      byte[] utf8 = (neither + "\n").getBytes(UTF_8);
      assertThat(convert("utf-8", "windows-31j", utf8).rejects).hasSize(1);
    }
  }

  @Test
  void iconvReadsTheSame() throws IOException, InterruptedException {
    Path iconv = Path.of("/usr/bin/iconv");
    Assumptions.assumeTrue(Files.isExecutable(iconv), "no iconv here");
    StringBuilder text = new StringBuilder();
    java.nio.charset.CharsetEncoder encoder = Converting.CP932.newEncoder();
    for (String character : characters(61)) {
      if (encoder.canEncode(character) && isSame(Converting.CP932, character)) {
        text.append(character).append('\n');
      }
    }
    Path file = Files.createTempFile("kiban-iconv", ".csv");
    try {
      Files.write(file, convert("utf-8", "windows-31j", text.toString().getBytes(UTF_8)).output);
      Process process =
          new ProcessBuilder(iconv.toString(), "-f", "CP932", "-t", "UTF-8", file.toString())
              .redirectErrorStream(true)
              .start();
      try (InputStream out = process.getInputStream()) {
        assertThat(new String(out.readAllBytes(), UTF_8)).isEqualTo(text.toString());
      }
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      Files.delete(file);
    }
  }
}
