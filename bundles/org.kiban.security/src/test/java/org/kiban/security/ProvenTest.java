package org.kiban.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProvenTest {

  private final Proven proven = new Proven();

  @Test
  void remembersAPairAndNothingElse() {
    proven.add("secret", "$argon2id$old");

    assertThat(proven.contains("secret", "$argon2id$old")).isTrue();
    assertThat(proven.contains("Secret", "$argon2id$old")).isFalse();
    assertThat(proven.contains("secret", "$argon2id$new")).isFalse();
    assertThat(proven.contains("ldsecret", "$argon2id$o")).isFalse();
    assertThat(new Proven().contains("secret", "$argon2id$old")).isFalse();
  }

  @Test
  void forgetsWhatWasNotUsedForLong() {
    proven.add("first", "stored");
    proven.add("used", "stored");

    for (int i = 0; i < 63; i++) {
      assertThat(proven.contains("used", "stored")).isTrue();
      proven.add("other" + i, "stored");
    }

    assertThat(proven.contains("first", "stored")).isFalse();
    assertThat(proven.contains("used", "stored")).isTrue();
  }
}
