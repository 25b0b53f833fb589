package org.kiban.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.KibanException;
import org.kiban.core.MessageCode;
import org.kiban.core.MunicipalityCode;

class SecretVaultTest {

  private static final MunicipalityCode KURASHIKI = new MunicipalityCode("332020");
  private static final MunicipalityCode TAKAMATSU = new MunicipalityCode("372013");

  @TempDir Path root;
  private Node node;
  private SecretVault vault;

  @BeforeEach
  void givenAVault() throws IOException {
    node = new Node(root);
    MasterKey master = MasterKey.open(node.security().resolve("master.key"), false, node);
    vault = new SecretVault(new KeyVault(master, node, node), node, node);
  }

  @Test
  void keepsReplacesAndRemoves() {
    vault.put(KURASHIKI, "sftp-031", "ひみつ&?=%");
    vault.put(KURASHIKI, "mail", "one");
    vault.put(KURASHIKI, "mail", "two");

    assertThat(vault.names(KURASHIKI)).containsExactly("mail", "sftp-031");
    assertThat(vault.find(KURASHIKI, "sftp-031")).contains("ひみつ&?=%");
    assertThat(vault.find(KURASHIKI, "mail")).contains("two");
    assertThat(vault.remove(KURASHIKI, "mail")).isTrue();
    assertThat(vault.remove(KURASHIKI, "mail")).isFalse();
    assertThat(vault.find(KURASHIKI, "mail")).isEmpty();
  }

  @Test
  void holdsMunicipalitiesApart() {
    vault.put(KURASHIKI, "sftp", "ours");

    assertThat(vault.find(TAKAMATSU, "sftp")).isEmpty();
    assertThat(vault.names(TAKAMATSU)).isEqualTo(List.of());
  }

  @Test
  void holdsTheNodesApartFromThoseOfMunicipalities() throws IOException {
    vault.node().put("osaka", "ours");
    vault.put(KURASHIKI, "osaka", "theirs");

    assertThat(vault.node().find("osaka")).contains("ours");
    assertThat(vault.node().names()).containsExactly("osaka");
    assertThat(vault.find(KURASHIKI, "osaka")).contains("theirs");
    Files.write(
        node.security().resolve("secrets/osaka"), Files.readAllBytes(secret(KURASHIKI, "osaka")));
    refused(() -> vault.node().find("osaka"), SecurityMessage.SECRET_DAMAGED);
    assertThat(vault.node().remove("osaka")).isTrue();
    assertThat(vault.find(KURASHIKI, "osaka")).contains("theirs");
  }

  @Test
  void liesEncryptedAndForItsOwnerAlone() throws IOException {
    vault.put(KURASHIKI, "sftp", "correct horse");

    Path file = secret(KURASHIKI, "sftp");
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .doesNotContain("correct");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesWhatWasCopiedFromElsewhere() throws IOException {
    vault.put(KURASHIKI, "sftp", "ours");
    vault.put(TAKAMATSU, "sftp", "theirs");
    Files.copy(secret(KURASHIKI, "sftp"), secret(KURASHIKI, "other"));
    Files.write(secret(TAKAMATSU, "sftp"), Files.readAllBytes(secret(KURASHIKI, "sftp")));

    refused(() -> vault.find(KURASHIKI, "other"), SecurityMessage.SECRET_DAMAGED);
    refused(() -> vault.find(TAKAMATSU, "sftp"), SecurityMessage.SECRET_DAMAGED);
  }

  @Test
  void refusesWhatWasChangedOrCut() throws IOException {
    vault.put(KURASHIKI, "sftp", "ours");
    byte[] sealed = Files.readAllBytes(secret(KURASHIKI, "sftp"));

    Files.write(secret(KURASHIKI, "sftp"), java.util.Arrays.copyOf(sealed, 5));
    refused(() -> vault.find(KURASHIKI, "sftp"), SecurityMessage.SECRET_DAMAGED);
    sealed[sealed.length - 1] ^= 1;
    Files.write(secret(KURASHIKI, "sftp"), sealed);
    refused(() -> vault.find(KURASHIKI, "sftp"), SecurityMessage.SECRET_DAMAGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../372013/security/secrets/sftp", "Ä", "A", "-a", ".part"})
  void takesNoNameThatLeavesItsFolder(String name) {
    vault.put(TAKAMATSU, "sftp", "theirs");

    refused(() -> vault.put(KURASHIKI, name, "x"), SecurityMessage.SECRET_NAME);
    assertThat(vault.find(KURASHIKI, name)).isEmpty();
    assertThat(vault.remove(KURASHIKI, name)).isFalse();
    assertThat(vault.find(TAKAMATSU, "sftp")).contains("theirs");
  }

  @Test
  void takesNoEmptyAndNoEndlessValue() {
    refused(() -> vault.put(KURASHIKI, "a", ""), SecurityMessage.SECRET_VALUE);
    refused(() -> vault.put(KURASHIKI, "a", "x".repeat(65_537)), SecurityMessage.SECRET_VALUE);
    assertThat(vault.names(KURASHIKI)).isEmpty();
  }

  private Path secret(MunicipalityCode code, String name) {
    return node.municipalityDirectory(code, "security").resolve("secrets").resolve(name);
  }

  private static void refused(ThrowingCallable call, MessageCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(KibanException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
