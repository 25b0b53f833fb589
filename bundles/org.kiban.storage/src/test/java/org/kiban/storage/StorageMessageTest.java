package org.kiban.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorageMessageTest {

  @ParameterizedTest
  @EnumSource
  void hasTextAndNextStepInBothLanguages(StorageMessage message) {
    for (Locale locale : new Locale[] {Locale.JAPANESE, Locale.ENGLISH}) {
      assertThat(message.text(locale, "a", "b", "c")).contains("a").doesNotContain("KBN-", "{");
      assertThat(message.action(locale, "a", "b", "c")).doesNotContain("KBN-", "{");
    }
    assertThat(message.text(Locale.JAPANESE, "a", "b", "c"))
        .isNotEqualTo(message.text(Locale.ENGLISH, "a", "b", "c"));
  }
}
