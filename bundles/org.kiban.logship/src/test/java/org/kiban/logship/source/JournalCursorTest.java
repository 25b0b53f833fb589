package org.kiban.logship.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class JournalCursorTest {

  private static final JournalCursor FIRST =
      JournalCursor.parse("s=aa;i=14;b=7;m=f8c78;t=660e8233b1a38;x=e70d7ae59bed684");

  @Test
  void readsWhatACursorSays() {
    assertThat(FIRST).isEqualTo(new JournalCursor("aa", 20, Instant.ofEpochMilli(1795400000019L)));
  }

  @Test
  void knowsTheVeryNextOne() {
    assertThat(FIRST.isBefore(JournalCursor.parse("s=aa;i=15;t=660e8233b1a38"))).isTrue();
    assertThat(FIRST.isBefore(JournalCursor.parse("s=aa;i=16;t=660e8233b1a38"))).isFalse();
    assertThat(FIRST.isBefore(JournalCursor.parse("s=ab;i=15;t=660e8233b1a38"))).isFalse();
  }

  @Test
  void saysHowMuchMayLieBetween() {
    assertThat(FIRST.until(JournalCursor.parse("s=aa;i=1e;t=660e8233b1a38")))
        .endsWith("at most 9 entries");
    assertThat(FIRST.until(JournalCursor.parse("s=bb;i=1;t=660e8233b1a38"))).doesNotContain("most");
  }
}
