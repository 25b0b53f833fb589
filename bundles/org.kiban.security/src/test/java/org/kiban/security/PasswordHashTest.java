package org.kiban.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

  // From the tests of the reference implementation (phc-winner-argon2), commas as semicolons.
  private static final String REFERENCE =
      "$argon2id$v=19$m=65536;t=2;p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  private final PasswordHash hash = new PasswordHash();

  @Test
  void agreesWithTheReferenceImplementation() {
    assertThat(hash.checkPassword("password", REFERENCE)).isTrue();
    assertThat(hash.checkPassword("passwore", REFERENCE)).isFalse();
  }

  @Test
  void acceptsOnlyTheRightPassword() {
    String stored = hash.encryptPassword("倉敷 secret");

    assertThat(hash.checkPassword("倉敷 secreT", stored)).isFalse();
    assertThat(hash.checkPassword("倉敷 secret", stored)).isTrue();
    assertThat(hash.checkPassword("倉敷 secret", stored)).as("asked again").isTrue();
    assertThat(hash.checkPassword("倉敷 secreT", stored)).isFalse();
    assertThat(hash.checkPassword("倉敷 secret", hash.encryptPassword("changed"))).isFalse();
    assertThat(hash.checkPassword("", stored)).isFalse();
    assertThat(hash.checkPassword(null, stored)).isFalse();
    assertThat(hash.checkPassword(stored, stored)).isFalse();
  }

  @Test
  void isSaltedAndHoldsNoCommaBecauseThatSeparatesRoles() {
    String one = hash.encryptPassword("same");

    assertThat(one).isNotEqualTo(hash.encryptPassword("same")).doesNotContain(",", " ", "${");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=65536;t=2;p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=999999;t=2;p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536;t=99;p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536;t=0;p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536;t=2;p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536;t=2;p=1$c29tZXNhbHQ$",
      })
  void refusesWhatIsNoHashOrTooCostly(String stored) {
    assertThat(hash.checkPassword("password", stored)).isFalse();
  }
}
