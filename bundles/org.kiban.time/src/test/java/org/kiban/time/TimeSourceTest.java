package org.kiban.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.KibanException;

class TimeSourceTest {

  @Test
  void everyFormIsRead() {
    assertThat(
            TimeSource.parse(
                "ntp-1 192.0.2.1",
                " b  ntp.city.example:1123  nts ",
                "c [2001:db8::1]:123 nts smear=none"))
        .containsExactly(
            new TimeSource("ntp-1", "192.0.2.1", 123, false, "none"),
            new TimeSource("b", "ntp.city.example", 1123, true, "none"),
            new TimeSource("c", "2001:db8::1", 123, true, "none"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "name", "a 192.0.2.1:0", "a 192.0.2.1:70000", "a b;reboot", "a b c", "-a b"})
  void anythingElseIsRefusedByName(String line) {
    assertThatThrownBy(() -> TimeSource.parse(line))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-TIME-001")
        .hasMessageContaining(line);
  }

  @Test
  void oneNameForTwoIsRefused() {
    assertThatThrownBy(() -> TimeSource.parse("a 192.0.2.1", "a 192.0.2.2"))
        .hasMessageContaining("KBN-TIME-001");
  }

  @Test
  void sourcesThatTreatLeapSecondsDifferentlyAreRefused() {
    assertThatThrownBy(() -> TimeSource.parse("a 192.0.2.1", "b 192.0.2.2 smear=aws"))
        .hasMessageContaining("KBN-TIME-002")
        .hasMessageContaining("aws");
  }
}
