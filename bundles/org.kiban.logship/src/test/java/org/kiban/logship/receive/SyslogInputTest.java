package org.kiban.logship.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyslogInputTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  @Test
  void takesCountedMessagesWithLineFeedsInThem() throws IOException {
    assertThat(messages("7 <1>a\nb 7 <2>住\n5 <3>x")).containsExactly("<1>a\nb ", "<2>住\n");
  }

  @Test
  void takesLinesAndForgetsWhatAnEndCutOff() throws IOException {
    assertThat(messages("<1>one\n<2>二\n<3>cut")).containsExactly("<1>one", "<2>二");
  }

  @Test
  void refusesWhatIsTooLongOrNotFramed() {
    assertThatThrownBy(() -> messages("999999 <1>")).hasMessageContaining("at most");
    assertThatThrownBy(() -> messages("12x <1>")).hasMessageContaining("RFC 5425");
    assertThatThrownBy(() -> messages("<" + "x".repeat(300_000))).hasMessageContaining("line of");
  }

  @Test
  void takesARfc5424MessageApart() {
    assertThat(
            document(
                "<165>1 2026-11-23T10:00:00.5+09:00 fw-1 sshd 42 ID47"
                    + " [a@1 k=\"v]\\\" 1\"][b@1] \uFEFF接続 拒否\n二行目"))
        .isEqualTo(
            "{\"message\":\"接続 拒否\\n二行目\",\"@timestamp\":\"2026-11-23T01:00:00.500Z\","
                + "\"fields\":{\"facility\":20,\"severity\":5,\"host\":\"fw-1\",\"app\":\"sshd\","
                + "\"process\":\"42\",\"id\":\"ID47\","
                + "\"data\":\"[a@1 k=\\\"v]\\\\\\\" 1\\\"][b@1]\"}}\n");
  }

  @Test
  void keepsWhatItCannotReadWhole() {
    assertThat(document("<34>Oct 11 22:14:15 su: 古い形式"))
        .isEqualTo(
            "{\"message\":\"<34>Oct 11 22:14:15 su: 古い形式\",\"unparsed\":\"syslog\","
                + "\"@timestamp\":\"2026-11-23T00:00:00Z\"}\n");
    assertThat(document("<14>1 never a b c d -"))
        .startsWith("{\"message\":\"\",\"unparsed\":\"time\"")
        .contains("\"@timestamp\":\"2026-11-23T00:00:00Z\"");
  }

  private static String document(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return new String(SyslogMessage.document(bytes, NOW), StandardCharsets.UTF_8);
  }

  private static List<String> messages(String wire) throws IOException {
    SyslogInput input =
        new SyslogInput(new ByteArrayInputStream(wire.getBytes(StandardCharsets.UTF_8)));
    List<String> all = new ArrayList<>();
    for (byte[] next = input.next(); next != null; next = input.next()) {
      all.add(new String(next, StandardCharsets.UTF_8));
    }
    return all;
  }
}
