package org.kiban.logship.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.core.KibanException;

class ReceiveDeclaredTest {

  @Test
  void knowsWhoMaySendForOthers() {
    ReceiveDeclared read = read("accept", new String[] {"a", "b relays=yes", "c relays=no"});

    assertThat(read.senders())
        .extracting(ReceiveDeclared.Sender::relays)
        .containsExactly(false, true, false);
  }

  @ParameterizedTest
  @CsvSource({
    "accept, a relays=maybe, relays=maybe",
    "accept, a relay=yes, relay=yes",
    "accept, Ａ, Ａ",
    "accept-syslog, fw relays=yes, relays=yes"
  })
  void refusesALineThatCannotBeUsedAndQuotesIt(String key, String line, String quoted) {
    assertThatThrownBy(() -> read(key, new String[] {line}))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("etc/test.cfg.json")
        .hasMessageContaining(quoted);
  }

  @ParameterizedTest
  @CsvSource({"received-keep-days, -1", "received-max-mib, 0"})
  void refusesNumbersThatWouldThrowAwayWhatWasReceived(String key, int value) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining(key);
  }

  private static ReceiveDeclared read(String key, Object value) {
    MunicipalReceiveSettings settings =
        TestSite.settings(
            MunicipalReceiveSettings.class, Map.of(key, value), Map.of("code", "332020"));
    return ReceiveDeclared.read("etc/test.cfg.json", Path.of("etc"), settings);
  }
}
