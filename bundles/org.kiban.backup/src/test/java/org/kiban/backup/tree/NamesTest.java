package org.kiban.backup.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Id;

/** Any bytes are a name, and come back as they were. */
class NamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain.txt | plain.txt",
        "住民記録 | 住民記録",
        "全角\u3000空白 | 全角\\u3000空白",
        "\uE000外字 | \\ue000外字",
        "辻\uDB40\uDD00 | 辻\uDB40\uDD00",
        "zero\u200Dwidth | zero\\u200dwidth",
        "\uDBFF\uDFFF | \\U0010ffff"
      })
  void are_quoted_as_go_quotes_them(String name, String quoted) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);

    assertThat(Names.quote(bytes)).isEqualTo(quoted);
    assertThat(Names.unquote(quoted)).isEqualTo(bytes);
  }

  @Test
  void any_bytes_come_back() {
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      byte[] name = new byte[1 + random.nextInt(20)];
      random.nextBytes(name);
      assertThat(Names.unquote(Names.quote(name))).isEqualTo(name);
    }
    byte[] shiftJis = {(byte) 0x83, 0x5C, (byte) 0x8A, (byte) 0xBF};
    assertThat(Names.quote(shiftJis)).isEqualTo("\\x83\\\\\\x8a\\xbf");
  }

  @ParameterizedTest
  @CsvSource({"a/b", "..", ".", "''", "'a\\x00'"})
  void a_name_that_leads_elsewhere_is_damage(String name) {
    refused("{\"nodes\":[" + node(name) + "]}\n", "leads elsewhere");
  }

  @Test
  void an_order_that_is_wrong_and_a_name_twice_are_damage() {
    refused("{\"nodes\":[" + node("b") + "," + node("a") + "]}\n", "not in order");
    refused("{\"nodes\":[" + node("a") + "," + node("a") + "]}\n", "not in order");
    refused("[]", "is no tree");
  }

  private static String node(String name) {
    return "{\"name\":\""
        + name.replace("\\", "\\\\")
        + "\",\"type\":\"fifo\",\"mtime\":\"2026-01-01T00:00:00Z\",\"content\":null}";
  }

  private static void refused(String json, String reason) {
    assertThatThrownBy(
            () -> TreeReader.read(json.getBytes(StandardCharsets.UTF_8), new Id(1, 2, 3, 4)))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void entries_are_in_the_order_of_bytes() {
    List<byte[]> names =
        List.of(
            "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8),
            "\uFF5E".getBytes(StandardCharsets.UTF_8));
    assertThat(Arrays.compareUnsigned(names.get(0), names.get(1))).isPositive();
  }
}
