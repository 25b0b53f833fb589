package org.kiban.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {

  @ParameterizedTest
  @EnumSource(NodeMessages.class)
  void every_code_says_what_happened_and_what_to_do_in_both_languages(NodeMessages message) {
    for (Locale locale : new Locale[] {Locale.JAPANESE, Locale.ENGLISH}) {
      Object[] args = {"1", 2, 3, 4};
      assertThat(message.text(locale, args)).isNotBlank().doesNotContain(message.code());
      assertThat(message.action(locale, args)).isNotBlank().doesNotContain(message.code());
    }
    assertThat(message.text(Locale.JAPANESE, "1", 2, 3, 4))
        .isNotEqualTo(message.text(Locale.ENGLISH, "1", 2, 3, 4));
  }
}
