package org.kiban.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;
import org.kiban.backup.repository.Repository.Password;

/** A password that takes the place of another. */
class KeyringTest {

  private static final Password BEFORE = new Password("before", true);
  private static final Password AFTER = new Password("after", true);

  @TempDir Path place;
  private Keyring keyring;

  @BeforeEach
  void givenARepositoryWithARecoveryPassword() throws IOException {
    keyring = new Keyring(Fixture.create(place));
    keyring.add(BEFORE);
  }

  @Test
  void whenReplacedThenOnlyTheNewOneAndTheNodesOwnOpenIt() throws IOException {
    keyring.replacement(BEFORE, AFTER);
    open(BEFORE);
    keyring.remove(BEFORE);
    open(AFTER);
    Fixture.open(place).close();
    assertThatThrownBy(() -> open(BEFORE)).hasMessageContaining("KBN-BACKUP-003");
  }

  @Test
  void whenReplacedTwiceThenTheSecondTimeDoesNothing() throws IOException {
    Id first = keyring.replacement(BEFORE, AFTER);
    keyring.remove(BEFORE);
    assertThat(keyring.replacement(BEFORE, AFTER)).isEqualTo(first);
    assertThat(keyring.remove(BEFORE)).isEmpty();
    assertThat(keyring.list()).hasSize(2);
  }

  @Test
  void givenAPasswordOfNobodyThenItIsRefusedAndNothingIsAdded() throws IOException {
    assertThatThrownBy(() -> keyring.replacement(new Password("wrong", true), AFTER))
        .hasMessageContaining("KBN-BACKUP-081");
    assertThat(keyring.list()).hasSize(2);
  }

  @Test
  void givenTheNodesOwnPasswordThenItIsNotTaken() {
    assertThatThrownBy(() -> keyring.remove(Fixture.password()))
        .hasMessageContaining("KBN-BACKUP-012");
  }

  private void open(Password password) throws IOException {
    Repositories.open(Fixture.backend(place), Fixture.SETTINGS, password).close();
  }
}
