package org.kiban.logship.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.code.CheckDigits;

class MaskTest {

  private final Mask mask = new Mask(List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "123456789018 | ************",
        "個人番号=123456789018, | 個人番号=************,",
        "No123456789018号 | No************号",
        "1234-5678-9018 | ****-****-****",
        "1234 5678 9018 | **** **** ****",
        "123-456-789-018 | ***-***-***-***",
        "１２３４５６７８９０１８ | ＊＊＊＊＊＊＊＊＊＊＊＊",
        "１２３４－５６７８－９０１８ | ＊＊＊＊－＊＊＊＊－＊＊＊＊",
        "１２３４　５６７８　９０１８ | ＊＊＊＊　＊＊＊＊　＊＊＊＊",
        "1２3４5６7８9０1８ | *＊*＊*＊*＊*＊*＊",
        "1234ー5678ー9018 | ****ー****ー****",
        "status 200 1234 5678 9018 404 end | status 200 **** **** **** 404 end",
        "2026-11-23 1234 5678 9018 | 2026-11-23 **** **** ****",
        "1234-5678-9018 1234-5678-9018 | ****-****-**** ****-****-****",
        "123456789018,123456789018 | ************,************",
        "0900 123456789018 | 0900 ************",
        "{\"n\":\"123456789018\"} | {\"n\":\"************\"}"
      })
  void hidesIndividualNumbers(String text, String masked) {
    assertThat(mask.apply(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123456789017", // wrong check digit
        "1234567890181", // 法人番号 has thirteen digits
        "0123456789018",
        "000000000000019", // 宛名番号 has fifteen
        "12345678901",
        "2026-11-23 10:52:36.123456",
        "2026-11-23-10-52", // groups of two are a date
        "192.168.100.123",
        "12,345,678,9018",
        "090-1234-5678",
        "1234-5678 9018", // two kinds of separators
        "1234--5678--9018",
        "1234\n5678\n9018",
        "１２３４５６７８９０１７",
        "12 34 56 78 90 18",
        "髙橋　花子 no digits at all",
        ""
      })
  void leavesEverythingElse(String text) {
    assertThat(mask.apply(text)).isEqualTo(text);
  }

  @Test
  void hidesEveryNumberInEverySurrounding() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String eleven = "%011d".formatted(random.nextLong(100_000_000_000L));
      String number = eleven + CheckDigits.individual(eleven);
      String text = "時刻 " + i + " x" + number + (i % 2 == 0 ? "。" : " 12 ") + "-" + i;

      assertThat(mask.apply(text)).doesNotContain(number).contains("************");
    }
  }

  @Test
  void findsANumberAfterALongRowOfGroups() {
    assertThat(mask.apply("1111 ".repeat(200) + "1234 5678 9018"))
        .doesNotContain("9018")
        .endsWith("**** **** ****");
  }

  @Test
  void hidesWhatPatternsFindAndMovesNothing() {
    Mask patterns =
        new Mask(List.of(Pattern.compile("password=(\\S+)"), Pattern.compile("口座\\d+")));
    String text = "漢字 password=秘密x ok\n口座1234567 password= \n";

    assertThat(patterns.apply(text))
        .isEqualTo("漢字 password=******* ok\n************* password= \n");
  }

  @Test
  void worksOnBytesThatAreNoUtf8() {
    byte[] text = "漢字 password=abc 123456789018".getBytes(Charset.forName("windows-31j"));
    new Mask(List.of(Pattern.compile("password=(\\S+)"))).apply(text, 0, text.length);

    assertThat(new String(text, Charset.forName("windows-31j")))
        .isEqualTo("漢字 password=*** ************");
  }

  @Test
  void leavesBytesOutsideOfTheRangeAlone() {
    byte[] text = "x123456789018y".getBytes(StandardCharsets.UTF_8);
    mask.apply(text, 2, text.length);

    assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("x123456789018y");
  }
}
