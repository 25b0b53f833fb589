package org.kiban.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpMessageTest {

  @ParameterizedTest
  @EnumSource
  void hasTextAndNextStepInBothLanguages(HttpMessage message) {
    for (Locale locale : new Locale[] {Locale.JAPANESE, Locale.ENGLISH}) {
      assertThat(message.text(locale, "a", "b")).contains("a", "b").doesNotContain("KBN-");
      assertThat(message.action(locale, "a", "b")).doesNotContain("KBN-");
    }
    assertThat(message.text(Locale.JAPANESE, "a", "b"))
        .isNotEqualTo(message.text(Locale.ENGLISH, "a", "b"));
  }
}
