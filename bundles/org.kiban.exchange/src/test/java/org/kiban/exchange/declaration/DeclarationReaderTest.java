package org.kiban.exchange.declaration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.exchange.ExchangeMessage;

class DeclarationReaderTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final String GOOD =
      """
      interface: 031-atena
      name: 宛名異動データ
      provider: "031"
      receive:
        transport: directory
        ready: { stable-seconds: 3, suffix: .tmp }
        file-name: "ATENA_(?<sequence>[0-9]{8})\\\\.csv"
        options: { depth: 2 }
      identity: sequence
      mode: all-or-nothing
      consumers:
        - { system: "010" }
        - { system: "023", transport: node, options: { node: dr-osaka } }
      input: { profile: legacy-cp932, delimiter: "\\t" }
      output: { profile: standard, bom: write }
      columns:
        - { name: 宛名番号, romaji: atena, item: "03100001", type: X, length: 15, required: true, check: addressee }
        - { name: 異動区分, type: 9, length: 1, codes: { 1: 転入, "9": 削除 } }
        - { name: 異動日, type: DATE }
        - { name: 開始日, type: DATE }
        - { name: 金額, type: 9V, length: 9, scale: 2 }
      key: [宛名番号]
      rules:
        - { when: { column: 異動区分, equals: 9 }, require: 異動日 }
        - { column: 開始日, not-after: 異動日 }
      replacements: { "髙": "高", "邉󠄏": "邉", "❶": "①" }
      maximum: { rows: 10, bytes: 1000 }
      retention-days: 7
      """;

  private final DeclarationReader reader = new DeclarationReader();

  private Declaration read(String yaml) {
    return reader.read("031-atena.yaml", yaml.getBytes(UTF_8));
  }

  private List<Problem> problems(String yaml) {
    return problems("031-atena.yaml", yaml.getBytes(UTF_8));
  }

  private List<Problem> problems(String name, byte[] content) {
    DeclarationRefused refused =
        catchThrowableOfType(DeclarationRefused.class, () -> reader.read(name, content));
    assertThat(refused).as("is refused").isNotNull();
    return refused.problems();
  }

  @Test
  void whatIsWrittenIsWhatIsRead() {
    Declaration declaration = read(GOOD);

    assertThat(declaration.receive().ready().stableSeconds()).isEqualTo(3);
    assertThat(declaration.receive().ready().temporarySuffix()).contains(".tmp");
    assertThat(declaration.receive().options()).containsEntry("depth", "2");
    assertThat(declaration.identity()).isEqualTo(Identity.SEQUENCE);
    assertThat(declaration.mode()).isEqualTo(Mode.ALL_OR_NOTHING);
    assertThat(declaration.consumers().get(1).options()).containsEntry("node", "dr-osaka");
    assertThat(declaration.input().charset()).isEqualTo(Encoding.WINDOWS_31J);
    assertThat(declaration.input().delimiter()).isEqualTo('\t');
    assertThat(declaration.output().quote()).isEqualTo(Profile.Quote.ALL);
    assertThat(declaration.columns().get(1).codes()).containsOnlyKeys("1", "9");
    assertThat(declaration.columns().get(4).type()).isEqualTo(Column.Type.DECIMAL);
    assertThat(declaration.rules().get(0))
        .isEqualTo(new Rule.Require(new Rule.Condition("異動区分", java.util.Set.of("9")), "異動日"));
    assertThat(declaration.maximum()).isEqualTo(new Maximum(10, 1000, 1 << 20, 0));
    assertThat(declaration.retentionDays()).isEqualTo(7);
  }

  /** What is replaced in the good declaration, by what, and the line and code that result. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "interface: 031-atena|interface: 031-other|1|ID_NOT_FILE_NAME|interface",
        "interface: 031-atena|interface: 031_ATENA|1|FIELD_PATTERN|interface",
        "name: 宛名異動データ|nam: 宛名異動データ|1|FIELD_MISSING|name",
        "provider: \"031\"|provider: 131|3|FIELD_TYPE|provider",
        "mode: all-or-nothing|mode: none|10|FIELD_ENUM|mode",
        "mode: all-or-nothing|mode: [row|11|YAML_SYNTAX|''",
        "mode: all-or-nothing|mode: &a row|10|YAML_ANCHOR|''",
        "mode: all-or-nothing|name: again|10|YAML_KEY_TWICE|name",
        "system: \"023\"|system: \"010\"|13|NAME_TWICE|consumers[1].system",
        "profile: legacy-cp932|profile: cp932|14|FIELD_ENUM|input.profile",
        "delimiter: \"\\t\"|delimiter: あ|14|FIELD_PATTERN|input.delimiter",
        "bom: write|bom: required|15|FIELD_ENUM|output.bom",
        "bom: write|charset: euc-jp, bom: write|15|NOT_FOR_CHARSET|output.bom",
        "bom: write|charset: shift_jis|26|REPLACEMENT_CHARSET|replacements.❶",
        "bom: write|profile: binary|15|YAML_KEY_TWICE|output.profile",
        "length: 15|length: 14|17|CHECK_LENGTH|columns[0].length",
        "length: 15|length: 0|17|FIELD_AT_LEAST|columns[0].length",
        "length: 15|length: many|17|FIELD_TYPE|columns[0].length",
        "check: addressee|check: atena|17|FIELD_ENUM|columns[0].check",
        "check: addressee|chek: addressee|17|FIELD_UNKNOWN|columns[0].chek",
        "name: 異動日, type: DATE|name: 異動日, type: DATE, length: 10|19|NOT_FOR_TYPE|columns[2].length",
        "name: 異動日, type: DATE|name: 異動区分, type: DATE|19|NAME_TWICE|columns[2].name",
        "scale: 2|scale: 12|21|FIELD_AT_MOST|columns[4].scale",
        "key: [宛名番号]|key: [宛名]|22|COLUMN_UNKNOWN|key[0]",
        "require: 異動日|require: 移動日|24|COLUMN_UNKNOWN|rules[0].require",
        "require: 異動日|not-after: 異動日|24|RULE_FORM|rules[0]",
        "not-after: 異動日|not-after: 金額|25|RULE_TYPES|rules[1].not-after",
        "\"髙\": \"高\"|\"髙橋\": \"高橋\"|26|NOT_ONE_CHARACTER|replacements.髙橋",
        "(?<sequence>|(|9|NO_SEQUENCE|identity",
        "(?<sequence>|((?<sequence>|7|FIELD_WRONG|receive.file-name",
        "rows: 10|rows: 0|27|FIELD_AT_LEAST|maximum.rows",
      })
  void whatIsWrongIsRefusedWithItsLine(
      String part, String wrong, int line, ExchangeMessage code, String field) {
    assertThat(GOOD).contains(part);
    List<Problem> problems = problems(GOOD.replace(part, wrong));

    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.message()).isEqualTo(code);
              assertThat(problem.field()).isEqualTo(field);
            });
    assertThat(problems).extracting(Problem::line).contains(line);
  }

  @Test
  void allThatIsWrongIsToldAtOnceInBothLanguages() {
    List<Problem> problems =
        problems(GOOD.replace("mode: all-or", "mode: some-or").replace("rows: 10", "rows: x"));

    assertThat(problems)
        .extracting(problem -> problem.text(Locale.ROOT))
        .containsExactly(
            "031-atena.yaml:10: mode: must be one of: row, all-or-nothing",
            "031-atena.yaml:27: maximum.rows: must be: integer (ids and codes stand in quotation"
                + " marks)");
    assertThat(problems.get(0).text(Locale.JAPANESE))
        .isEqualTo("031-atena.yaml:10: mode: 次のどれかでなければなりません: row, all-or-nothing");
  }

  @Test
  void filesMadeToDoHarmAreRefused() {
    String deep = "a: " + "[".repeat(100_000);
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";

    assertThat(problems(deep).get(0).message()).isEqualTo(ExchangeMessage.YAML_TOO_DEEP);
    assertThat(problems(bomb).get(0).message()).isEqualTo(ExchangeMessage.YAML_ANCHOR);
    assertThat(problems("a: " + "x".repeat(2_000_000))).isNotEmpty();
    assertThat(problems("a: 1\n---\nb: 2\n").get(0).message())
        .isEqualTo(ExchangeMessage.YAML_TOO_DEEP);
    assertThat(problems("")).isNotEmpty();
    assertThat(problems("- a\n")).isNotEmpty();
    byte[] cp932 = GOOD.getBytes(Charset.forName("windows-31j"));
    assertThat(problems("031-atena.yaml", cp932).get(0).message())
        .isEqualTo(ExchangeMessage.YAML_NOT_UTF8);
  }

  @Test
  void fixedLengthRecordsNeedWidths() {
    String yaml =
        """
        interface: fixed
        name: 固定長
        provider: "031"
        consumers: [{ system: "010" }]
        input: { profile: fixed-length, charset: utf-16, header: names }
        columns:
          - { name: a, type: X, width: 3 }
          - { name: b, type: X }
        """;

    assertThat(problems("fixed.yaml", yaml.getBytes(UTF_8)))
        .extracting(Problem::field, Problem::line)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("input.charset", 5),
            org.assertj.core.groups.Tuple.tuple("input.header", 5),
            org.assertj.core.groups.Tuple.tuple("columns[1].width", 8));
  }

  @Test
  void theSamplesAreRight() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("etc/samples/exchange"))) {
      List<Path> samples = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(samples).hasSizeGreaterThanOrEqualTo(3);
      for (Path sample : samples) {
        assertThat(reader.read(sample.getFileName().toString(), Files.readAllBytes(sample)).id())
            .isNotEmpty();
      }
    }
  }

  @Test
  void theReferenceNamesEveryFieldOfTheSchema() throws IOException {
    String reference = Files.readString(ROOT.resolve("docs/integrator/interface.md"));
    var schema =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(
                ROOT.resolve(
                        "bundles/org.kiban.exchange/src/main/resources/org/kiban/exchange"
                            + "/declaration/interface.schema.json")
                    .toFile());
    TreeSet<String> missing = new TreeSet<>();
    for (var properties : schema.findValues("properties")) {
      properties
          .properties()
          .forEach(
              field -> {
                if (!reference.contains("`" + field.getKey() + "`")) {
                  missing.add(field.getKey());
                }
                for (var word : field.getValue().path("enum")) {
                  if (!reference.contains("`" + word.asText() + "`")) {
                    missing.add(field.getKey() + ": " + word.asText());
                  }
                }
              });
    }
    for (var word : schema.path("$defs").path("charset").path("enum")) {
      if (!reference.contains("`" + word.asText() + "`")) {
        missing.add(word.asText());
      }
    }
    assertThat(missing).isEmpty();
  }
}
