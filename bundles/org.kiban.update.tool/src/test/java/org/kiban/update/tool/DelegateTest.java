package org.kiban.update.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kiban.core.KibanException;

/** A vendor signs its own files, in a repository that a node follows. */
class DelegateTest extends Bench {

  @BeforeEach
  void givenAVendorWithAKeyOfItsOwn() throws IOException {
    run("keygen", "keys/acme.pem");
    run("keygen", "keys/acme2.pem");
    Files.writeString(folder.resolve("acme-1.kar"), "the vendor's");
    Files.writeString(folder.resolve("other-1.kar"), "somebody's");
  }

  private void delegated(String... more) throws IOException {
    run(
        with(
            more,
            "delegate",
            "repo",
            "acme",
            "--path",
            "addon/acme-*.kar",
            "--targets",
            "keys/targets"));
  }

  private String added(String file, String key) throws IOException {
    return run(
        "add",
        "repo",
        file,
        "--kind",
        "addon",
        "--id",
        "jp.acme.a",
        "--version",
        "1",
        "--role",
        "acme",
        "--targets",
        key);
  }

  @Test
  void whatAVendorSignsIsOfferedWithinWhatItWasEntrustedWith() throws IOException {
    delegated("--key", "keys/acme.pub.pem");
    added("acme-1.kar", "keys/acme.pem");
    publish("keys/online");

    assertThat(verify()).contains("addon/acme-1.kar", "jp.acme.a");
    assertThatThrownBy(() -> added("other-1.kar", "keys/acme.pem"))
        .hasMessageContaining("addon/other-1.kar")
        .hasMessageContaining("delegate");
  }

  @Test
  void aSecretKeyIsNotNeededToNameItAndAStrangersSignatureDoesNotCount() throws IOException {
    assertThat(Files.readString(folder.resolve("keys/acme.pub.pem")))
        .startsWith("-----BEGIN PUBLIC KEY-----")
        .doesNotContain("PRIVATE");
    delegated("--key", "keys/acme.pub.pem");
    added("acme-1.kar", "keys/acme2.pem");
    publish("keys/online");

    assertThatThrownBy(this::verify).hasMessageContaining("KBN-UPDATE-003");
    assertThat(shown()).doesNotContain("acme-1.kar");
  }

  @Test
  void aThresholdOfVendorsKeysIsReachedBySigning() throws IOException {
    delegated("--key", "keys/acme.pub.pem", "--key", "keys/acme2.pub.pem", "--threshold", "2");
    added("acme-1.kar", "keys/acme.pem");
    publish("keys/online");
    assertThatThrownBy(this::verify).isInstanceOf(KibanException.class);

    run("sign", "repo/metadata/1.acme.json", "--key", "keys/acme2.pem");

    assertThat(verify()).contains("acme-1.kar");
  }

  @Test
  void aVendorsNextFileFollowsAndItsKeyCanBeReplaced() throws IOException {
    delegated("--key", "keys/acme.pub.pem");
    added("acme-1.kar", "keys/acme.pem");
    publish("keys/online");
    delegated("--key", "keys/acme2.pub.pem");
    Files.writeString(folder.resolve("acme-2.kar"), "the next");
    added("acme-2.kar", "keys/acme2.pem");
    publish("keys/online");

    assertThat(verify()).contains("acme-1.kar", "acme-2.kar");
    assertThat(Files.readString(folder.resolve("repo/metadata/3.targets.json")))
        .containsOnlyOnce("\"name\" : \"acme\"")
        .containsOnlyOnce("keytype");
  }

  @Test
  void whatIsTakenOutOrNoLongerEntrustedOrOverIsNotOffered() throws IOException {
    delegated("--key", "keys/acme.pub.pem");
    added("acme-1.kar", "keys/acme.pem");
    run("remove", "repo", "addon/acme-1.kar", "--role", "acme", "--targets", "keys/acme.pem");
    publish("keys/online");
    assertThat(verify()).doesNotContain("acme-1.kar");

    added("acme-1.kar", "keys/acme.pem");
    publish("keys/online");
    assertThat(verify()).contains("acme-1.kar");
    now = now.plus(Duration.ofDays(364));
    run("publish", "repo", "--snapshot", "keys/online", "--timestamp", "keys/online");
    assertThat(verify()).contains("acme-1.kar");

    run("undelegate", "repo", "acme", "--targets", "keys/targets");
    publish("keys/online");
    assertThat(verify()).doesNotContain("acme-1.kar");
    assertThatThrownBy(() -> run("undelegate", "repo", "acme", "--targets", "keys/targets"))
        .hasMessageContaining("acme");
  }

  @Test
  void aVendorMayEntrustAnotherWithinItsOwn() throws IOException {
    delegated("--key", "keys/acme.pub.pem");
    added("acme-1.kar", "keys/acme.pem");
    run(
        "delegate",
        "repo",
        "sub",
        "--role",
        "acme",
        "--path",
        "addon/acme-sub-*.kar",
        "--key",
        "keys/acme2.pub.pem",
        "--targets",
        "keys/acme.pem");
    Files.writeString(folder.resolve("acme-sub-1.kar"), "of the other");
    run(
        "add",
        "repo",
        "acme-sub-1.kar",
        "--kind",
        "addon",
        "--id",
        "jp.acme.sub",
        "--version",
        "1",
        "--role",
        "sub",
        "--targets",
        "keys/acme2.pem");
    publish("keys/online");

    assertThat(verify()).contains("acme-1.kar", "acme-sub-1.kar");
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingIsWritten() throws IOException {
    assertThatThrownBy(() -> delegated()).hasMessageContaining("--key");
    assertThatThrownBy(() -> delegated("--key", "keys/acme.pub.pem", "--threshold", "2"))
        .hasMessageContaining("threshold");
    assertThatThrownBy(
            () ->
                run(
                    "delegate",
                    "repo",
                    "../acme",
                    "--path",
                    "*",
                    "--key",
                    "keys/acme.pub.pem",
                    "--targets",
                    "keys/targets"))
        .hasMessageContaining("KBN-UPDATE-002");
    assertThatThrownBy(
            () ->
                run(
                    "delegate",
                    "repo",
                    "acme",
                    "--key",
                    "keys/acme.pub.pem",
                    "--targets",
                    "keys/targets"))
        .hasMessageContaining("--path");
    assertThat(folder.resolve("repo/metadata/2.targets.json")).doesNotExist();
  }
}
