package org.kiban.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.exchange.declaration.Declaration;

class ValidationTest {

  private static final String FORM =
      "input: { header: none, newline: lf }\noutput: { header: none, newline: lf, quote: minimal }\n";

  /** A value of one column, and the code that it gets; none if it passes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: X, length: 3|abc|",
        "type: X, length: 3|ｱｲｳ|",
        "type: X|あ|E0002",
        "type: X, length: 3|abcd|E0003",
        "type: X, min-length: 3|ab|E0003",
        "type: X|a\tb|E0002",
        "type: N, length: 2|漢字|",
        "type: N|漢a|E0002",
        "type: N|ｱ|E0002",
        "type: N, length: 1|𠮷|",
        "type: N, length: 1|邉󠄏|",
        "type: N, length: 1|邉󠄏邉|E0003",
        "length: 2|a漢|",
        "type: 9, length: 3|012|",
        "type: 9|-1|E0002",
        "type: 9|１|E0002",
        "type: 9V, length: 4, scale: 2|12.34|",
        "type: 9V, scale: 2|12.345|E0003",
        "type: 9V, length: 4, scale: 2|123.45|E0003",
        "type: 9V, scale: 2|12.|E0002",
        "type: 9V, scale: 2|.5|E0002",
        "type: 9V, scale: 2|1.2.3|E0002",
        "type: 9V|-1|E0002",
        "type: S9, length: 3|-123|",
        "type: S9|+5|",
        "type: S9|-|E0002",
        "type: DATE|2024-02-29|",
        "type: DATE|2023-02-29|E0002",
        "type: DATE|1900-02-29|E0002",
        "type: DATE|0000-01-01|",
        "type: DATE|0000-01-02|E0002",
        "type: DATE|9999-12-31|",
        "type: DATE|2024-13-01|E0002",
        "type: DATE|2024-00-10|E0002",
        "type: DATE|2024/01/01|E0002",
        "type: DATE|20240101|E0002",
        "type: TIME|23:59|",
        "type: TIME|23:59:59|",
        "type: TIME|24:00|E0002",
        "type: TIME|12:60|E0002",
        "type: TIME|12:30:|E0002",
        "type: YEAR|0000|",
        "type: YEAR|9999|",
        "type: YEAR|999|E0002",
        "type: BLOB|AAEC|",
        "type: BLOB|AAE=|",
        "type: BLOB|AAE|E0002",
        "type: BLOB|A=EC|E0002",
        "'codes: { \"1\": 男, \"2\": 女 }'|1|",
        "'codes: { \"1\": 男, \"2\": 女 }'|3|E0002",
        "check: municipality|332020|",
        "check: municipality|332021|E0002",
        "check: municipality|33202|E0002",
        "check: addressee|000000000000019|",
        "check: addressee|000000000000018|E0002",
        "check: addressee|000000000000060|",
        "check: addressee-skip|000000000000060|E0002",
        "check: individual|123456789018|",
        "check: individual|123456789012|E0002",
        "check: corporate|9010601021385|",
        "check: corporate|8010601021385|E0002",
      })
  void aValueIsHeldAgainstItsColumn(String column, String value, String code) throws IOException {
    String yaml = FORM + "columns: [{ name: 列, " + column + " }, { name: b }]\n";

    Converting converting = Converting.of(yaml, value + ",x\n");

    if (code == null) {
      assertThat(converting.findings()).isEmpty();
      assertThat(converting.text()).isEqualTo(value + ",x\n");
    } else {
      assertThat(converting.findings()).containsExactly("1 " + code + " 列");
      assertThat(converting.output).isEmpty();
    }
  }

  @Test
  void allErrorsOfARowAreToldAndTheRowIsCountedOnce() throws IOException {
    String yaml =
        FORM
            + """
            columns:
              - { name: 番号, type: 9, length: 2, required: true }
              - { name: 氏名, type: N, required: true }
            """;

    Converting converting = Converting.of(yaml, "1,漢\nabc,\n,x\n");

    assertThat(converting.findings())
        .containsExactly("2 E0002 番号", "2 E0001 氏名", "3 E0001 番号", "3 E0002 氏名");
    assertThat(converting.conversion.rowsRead()).isEqualTo(3);
    assertThat(converting.conversion.rowsWritten()).isEqualTo(1);
    assertThat(converting.conversion.rowsRejected()).isEqualTo(2);
    assertThat(converting.reasons(Locale.JAPANESE)).contains("必須項目が空です");
    assertThat(converting.reasons(Locale.JAPANESE).toString()).doesNotContain("abc");
  }

  @Test
  void aKeyIsUniqueInsideTheFile() throws IOException {
    String yaml = FORM + "columns: [{ name: a }, { name: b }]\nkey: [a, b]\n";

    Converting converting = Converting.of(yaml, "1,23\n12,3\n1,23\n\"1\",\"23\"\n,123\n");

    assertThat(converting.findings()).containsExactly("3 E0004 a", "4 E0004 a");
  }

  @Test
  void millionsOfKeysAreToldApart() throws IOException {
    String yaml = FORM + "columns: [{ name: a }, { name: b }]\nkey: [a]\n";
    String rows =
        IntStream.range(0, 1_500_000).mapToObj(i -> i + ",\n").collect(Collectors.joining());

    Converting converting = Converting.of(yaml, rows + "7,\n1499999,\n");

    assertThat(converting.findings()).containsExactly("1500001 E0004 a", "1500002 E0004 a");
  }

  @Test
  void rulesBetweenColumnsHold() throws IOException {
    String yaml =
        FORM
            + """
            columns: [{ name: 区分 }, { name: 異動日 }, { name: 始, type: DATE }, { name: 終, type: DATE }]
            rules:
              - { when: { column: 区分, equals: "9" }, require: 異動日 }
              - { when: { column: 区分, in: ["1", "2"] }, forbid: 異動日 }
              - { column: 始, not-after: 終 }
            """;

    Converting converting =
        Converting.of(
            yaml,
            "9,x,2024-01-01,2024-01-01\n9,,,\n1,x,,\n1,,,\n"
                + ",,2024-01-02,2024-01-01\n,,2024-01-02,\n,,2024-01-02,9999-12-31\n");

    assertThat(converting.findings()).containsExactly("2 E0004 異動日", "3 E0004 異動日", "5 E0004 始");
  }

  @Test
  void whatTheCharsetCannotHoldIsReplacedAsDeclaredOrNamed() throws IOException {
    String yaml =
        FORM.replace("quote: minimal", "charset: windows-31j")
            + "replacements: { \"𠮷\": 吉, \"邉󠄏\": 邉 }\n";

    Converting converting = Converting.of(yaml, "a,𠮷野𠮷\nb,渡邉󠄏\nc,俱\nd,葛󠄀\ne,髙\n");

    assertThat(new String(converting.output, Converting.CP932))
        .isEqualTo("\"a\",\"吉野吉\"\n\"b\",\"渡邉\"\n\"e\",\"髙\"\n");
    assertThat(converting.conversion.charactersReplaced()).isEqualTo(3);
    assertThat(converting.reasons(Locale.ROOT))
        .containsExactly(
            "windows-31j has no character U+4FF1", "windows-31j has no character U+845B U+E0100");
  }

  @Test
  void aRowThatNeedsNoOtherChangeIsReplacedFromItsStart() throws IOException {
    String yaml =
        FORM.replace("quote: minimal", "charset: windows-31j, quote: minimal")
            + "replacements: { \"𠮷\": 吉 }\n";

    Converting converting = Converting.of(yaml, "a,b𠮷野\nc,d\n");

    assertThat(new String(converting.output, Converting.CP932)).isEqualTo("a,b吉野\nc,d\n");
  }

  @Test
  void allOrNothingRefusesTheFileAndTellsTheFirstTwenty() {
    String yaml = FORM + "mode: all-or-nothing\ncolumns: [{ name: a, type: 9 }, { name: b }]\n";

    assertThatThrownBy(() -> Converting.of(yaml, "1,\nx,\n2,\ny,\n"))
        .isInstanceOfSatisfying(
            FileFault.class,
            fault -> assertThat(fault.rejects()).extracting(Reject::row).containsExactly(2L, 4L));
    assertThatThrownBy(() -> Converting.of(yaml, "x,\n".repeat(50)))
        .isInstanceOfSatisfying(FileFault.class, fault -> assertThat(fault.rejects()).hasSize(20));
  }

  @Test
  void binaryPassesUntouched() throws IOException {
    byte[] bytes = {0, (byte) 0xFF, '\n', 0x1A};
    String yaml = "input: { profile: binary }\noutput: { profile: binary }\n";
    assertThat(Converting.of(yaml, bytes).output).isEqualTo(bytes);
  }

  @Test
  void aFullDiskIsToldAsSuchWhenKeysAreLookedUpToo() {
    Declaration declaration = Converting.declaration(FORM + "columns: [{ name: a }]\nkey: [a]\n");
    // given keys in a mapped file whose disk has no room for the page that is read
    KeySet full =
        new KeySet() {
          @Override
          void touch(Row row) {
            throw new InternalError("a fault occurred in an unsafe memory access operation");
          }
        };
    Page page = new Page(64, 1);
    page.next();

    assertThatThrownBy(() -> new Validator(declaration, full).unique(page, 0, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no room");
  }
}
