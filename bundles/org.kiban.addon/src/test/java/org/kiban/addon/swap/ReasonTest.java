package org.kiban.addon.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Why something was rolled back is kept once and read in any language. */
class ReasonTest {

  private final Reason reason =
      Reason.of(
          new KibanException(Outcome.FAILED, SwapMessage.UNHEALTHY, "jp.example.tea", "1.0", "x"));

  @Test
  void theReaderChoosesTheLanguage() {
    String english = SwapMessage.UNHEALTHY.line("jp.example.tea", "1.0", "x");
    assertThat(reason.in(Locale.ENGLISH)).isEqualTo(english);
    assertThat(reason.text()).isEqualTo(english);
    assertThat(reason.in(Locale.JAPANESE))
        .startsWith("KBN-ADDON-224: ")
        .contains("jp.example.tea")
        .isNotEqualTo(english);
  }

  @Test
  void entriesOfEarlierVersionsAreAsTheyAre() {
    Reason old = new Reason("KBN-ADDON-224: 古い文", null, null);

    assertThat(old.in(Locale.ENGLISH)).isEqualTo("KBN-ADDON-224: 古い文");
  }

  @Test
  void aCodeThatThisVersionDoesNotKnowIsShownAsItWasWritten() {
    Reason later = new Reason("KBN-ADDON-999: later", "KBN-ADDON-999", List.of("a"));

    assertThat(later.in(Locale.JAPANESE)).isEqualTo("KBN-ADDON-999: later");
  }

  @ParameterizedTest
  @EnumSource(SwapMessage.class)
  void everyTextCanBeMadeOfWhatIsKept(SwapMessage code) {
    Reason kept = new Reason("", code.code(), List.of("a", "b", "c", "d", "e"));

    assertThat(kept.in(Locale.JAPANESE)).startsWith(code.code());
    assertThat(kept.in(Locale.ENGLISH)).startsWith(code.code());
  }
}
