package org.kiban.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatJsonTest {

  @Test
  void reads_simple_values_and_leaves_comments_out() {
    Map<String, Object> values =
        parse(
            """
            {"//": {"any": ["thing"]}, "name": "倉敷市", "//name": "団体名", "retention-days": 7,
             "ratio": 0.5, "on": true, "list": ["a", 1]}
            """);

    assertThat(values.keySet()).containsExactly("name", "retention-days", "ratio", "on", "list");
    assertThat(values)
        .containsEntry("name", "倉敷市")
        .containsEntry("retention-days", 7L)
        .containsEntry("ratio", 0.5)
        .containsEntry("on", true);
    assertThat((String[]) values.get("list")).containsExactly("a", "1");
  }

  @Test
  void accepts_the_byte_order_mark_of_an_editor() {
    assertThat(parse("\uFEFF{\"a\": 1}")).containsEntry("a", 1L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1,}        | KBN-NODE-001 | line 1, column 9
          {"a": 1          | KBN-NODE-001 | line 1
          {"a": secret1}   | KBN-NODE-001 | line 1, column
          {"a": 1} {}      | KBN-NODE-001 | line 1, column 10
          []               | KBN-NODE-001 | line 1
          {"a": {"b": 1}}  | KBN-NODE-011 | "a"
          {"a": null}      | KBN-NODE-011 | "a"
          {"a": [["b"]]}   | KBN-NODE-011 | "a"
          {"a": 1, "a": 2} | KBN-NODE-012 | "a"
          """)
  void names_the_place_of_a_fault(String text, String code, String place) {
    assertThatThrownBy(() -> parse(text))
        .hasMessageStartingWith(code + ": f.cfg.json")
        .hasMessageContaining(place)
        .hasMessageNotContaining("secret1");
  }

  @Test
  void refuses_an_empty_file() {
    assertThatThrownBy(() -> parse("")).hasMessageStartingWith("KBN-NODE-001");
  }

  @Test
  void refuses_shift_jis_and_names_the_byte() {
    byte[] sjis = "{\"name\": \"倉敷市\"}".getBytes(java.nio.charset.Charset.forName("windows-31j"));

    assertThatThrownBy(() -> FlatJson.parse("f.cfg.json", sjis))
        .hasMessage("KBN-NODE-010: f.cfg.json: not UTF-8 at byte 11");
  }

  private static Map<String, Object> parse(String text) {
    return FlatJson.parse("f.cfg.json", text.getBytes(StandardCharsets.UTF_8));
  }
}
