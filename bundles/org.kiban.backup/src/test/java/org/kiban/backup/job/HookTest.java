package org.kiban.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kiban.core.KibanException;

class HookTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void givenAProgramThatSucceedsOrNoneThenNothingIsSaid() {
    assertThatCode(() -> Hook.run(List.of("/bin/sh", "-c", "exit 0"), MINUTE))
        .doesNotThrowAnyException();
    assertThatCode(() -> Hook.run(List.of(), MINUTE)).doesNotThrowAnyException();
  }

  @Test
  void givenAProgramThatFailsOrIsMissingThenItIsNamed() {
    assertThatThrownBy(() -> Hook.run(List.of("/bin/sh", "-c", "exit 7"), MINUTE))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-BACKUP-041")
        .hasMessageContaining("7");
    assertThatThrownBy(() -> Hook.run(List.of("/no/such/program"), MINUTE))
        .hasMessageContaining("/no/such/program");
  }

  @Test
  void givenAProgramThatNeverEndsThenItIsEnded() {
    long begun = System.nanoTime();
    assertThatThrownBy(() -> Hook.run(List.of("/bin/sleep", "300"), Duration.ofSeconds(1)))
        .hasMessageContaining("> 1 s");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MINUTE);
  }
}
