package org.kiban.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.kiban.security.Certificates.Identity;

class Pkcs12Test {

  private static final char[] PASSWORD = "n0t-a-real-key".toCharArray();
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  private final Identity authority;
  private final Identity server;

  Pkcs12Test() throws Exception {
    authority = Certificates.authority("Kiban CA test", NOW, Duration.ofDays(30));
    server =
        Certificates.server(
            authority, "test", new TreeSet<>(List.of("localhost")), NOW, Duration.ofDays(10));
  }

  @Test
  void javaReadsAKeyWithItsChain() throws Exception {
    KeyStore store = read(Pkcs12.identity("kiban", server, PASSWORD), PASSWORD);

    assertThat(Collections.list(store.aliases())).containsExactly("kiban");
    assertThat(store.getKey("kiban", PASSWORD)).isEqualTo(server.key());
    assertThat(store.getCertificateChain("kiban"))
        .containsExactly(server.certificate(), authority.certificate());
  }

  @Test
  void javaTakesTheOthersForTrusted() throws Exception {
    KeyStore store =
        read(
            Pkcs12.trusted(List.of(authority.certificate(), server.certificate()), PASSWORD),
            PASSWORD);

    assertThat(Collections.list(store.aliases())).hasSize(2).allMatch(n -> isTrusted(store, n));
    assertThat(store.getCertificate("trusted-0000")).isEqualTo(authority.certificate());
    assertThat(store.getCertificate("trusted-0001")).isEqualTo(server.certificate());
  }

  @Test
  void theKeyIsNotLegible() throws Exception {
    byte[] store = Pkcs12.identity("kiban", server, PASSWORD);
    byte[] secret = ((java.security.interfaces.ECPrivateKey) server.key()).getS().toByteArray();

    assertThat(text(store)).doesNotContain(text(secret)).contains("test");
  }

  @Test
  void anotherPasswordOrAChangedByteIsRefused() throws Exception {
    byte[] store = Pkcs12.identity("kiban", server, PASSWORD);

    assertThatThrownBy(() -> read(store, "another".toCharArray())).isInstanceOf(IOException.class);

    store[store.length / 2] ^= 1;
    assertThatThrownBy(() -> read(store, PASSWORD)).isInstanceOf(IOException.class);
  }

  private static boolean isTrusted(KeyStore store, String alias) {
    try {
      return store.isCertificateEntry(alias);
    } catch (java.security.KeyStoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static KeyStore read(byte[] bytes, char[] password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(bytes), password);
    return store;
  }
}
