package org.kiban.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.security.Certificates.Identity;

class NodeIdentityTest {

  @TempDir Path root;
  private Node node;
  private Path operator;

  @BeforeEach
  void givenANode() throws IOException {
    node = new Node(root);
    operator = node.etc().resolve("tls");
  }

  @Test
  void theFirstStartMakesAnAuthorityAndACertificateFromIt() throws Exception {
    NodeIdentity identity = open();

    X509Certificate server = identity.certificate();
    server.verify(identity.authority().getPublicKey());
    assertThat(identity.authority().getBasicConstraints()).isZero();
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(server.getSubjectAlternativeNames().stream().map(n -> String.valueOf(n.get(1))))
        .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "kurashiki-1");
    assertThat(server.getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(Files.readString(node.security().resolve("ca.crt")))
        .isEqualTo(PemFiles.text(identity.authority()));
    for (String file : List.of("ca.p12", "node.p12", "trust.p12")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(node.security().resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aSecondStartKeepsBoth() {
    NodeIdentity first = open();

    NodeIdentity second = open();

    assertThat(second.certificate()).isEqualTo(first.certificate());
    assertThat(second.authority()).isEqualTo(first.authority());
  }

  @Test
  void renewsItsOwnCertificateBeforeItExpiresAndNotEarlier() {
    NodeIdentity identity = open();
    X509Certificate first = identity.certificate();

    node.pass(Duration.ofDays(397 - 31));
    assertThat(identity.refresh()).isFalse();
    assertThat(identity.certificate()).isEqualTo(first);

    node.pass(Duration.ofDays(2));
    assertThat(identity.refresh()).isTrue();
    assertThat(identity.certificate()).isNotEqualTo(first);
    assertThat(identity.certificate().getNotAfter()).isAfter(first.getNotAfter());
    assertThat(open().certificate()).isEqualTo(identity.certificate());
  }

  @Test
  void aNewNameGetsANewCertificate() {
    X509Certificate first = open().certificate();

    NodeIdentity renamed = open("kiban.city.kurashiki.lg.jp", "10.0.0.5");

    assertThat(renamed.certificate()).isNotEqualTo(first);
    assertThat(open("kiban.city.kurashiki.lg.jp", "10.0.0.5").certificate())
        .isEqualTo(renamed.certificate());
  }

  @Test
  void theOperatorsCertificateComesIntoForceWithoutARestartAndIsNeverWrittenTo() throws Exception {
    NodeIdentity identity = open();
    SSLContext before = identity.context();
    Identity city = cityCertificate(Duration.ofDays(90));

    provide(city);
    byte[] provided = Files.readAllBytes(operator.resolve("server.crt"));
    assertThat(identity.refresh()).isTrue();

    assertThat(identity.certificate()).isEqualTo(city.certificate());
    assertThat(identity.isOwn()).isFalse();
    assertThat(identity.context()).isNotSameAs(before);
    node.pass(Duration.ofDays(70));
    identity.refresh();
    assertThat(identity.certificate()).isEqualTo(city.certificate());
    assertThat(Files.readAllBytes(operator.resolve("server.crt"))).isEqualTo(provided);
    assertThat(health(identity).getStatus()).isEqualTo(Result.Status.WARN);
  }

  @Test
  void withoutTheOperatorsFilesItsOwnComesBack() throws Exception {
    NodeIdentity identity = open();
    provide(cityCertificate(Duration.ofDays(90)));
    identity.refresh();

    Files.delete(operator.resolve("server.crt"));
    Files.delete(operator.resolve("server.key"));

    assertThat(identity.refresh()).isTrue();
    assertThat(identity.isOwn()).isTrue();
  }

  @Test
  void aWrongCertificateIsRefusedAndTheOneInForceStays() throws Exception {
    NodeIdentity identity = open();
    X509Certificate own = identity.certificate();
    provide(cityCertificate(Duration.ofDays(90)));
    Files.writeString(operator.resolve("server.key"), pem(cityCertificate(Duration.ofDays(90))));

    assertThat(identity.refresh()).isFalse();

    assertThat(identity.certificate()).isEqualTo(own);
    assertThat(identity.refusal().code().code()).isEqualTo("KBN-SECURITY-005");
    assertThat(identity.refusal()).hasMessageContaining("server.key");
    assertThat(health(identity).getStatus()).isEqualTo(Result.Status.WARN);
  }

  @Test
  void anExpiredTornOrHalfProvidedCertificateIsRefused() throws Exception {
    Identity city = cityCertificate(Duration.ofDays(1));
    provide(city);
    node.pass(Duration.ofDays(2));
    thenRefused("server.crt");

    provide(cityCertificate(Duration.ofDays(90)));
    Files.writeString(operator.resolve("server.crt"), "-----BEGIN CERTIFICATE-----\nAAAA");
    thenRefused("server.crt");

    provide(cityCertificate(Duration.ofDays(90)));
    Files.delete(operator.resolve("server.key"));
    thenRefused("server.key");
  }

  @Test
  void trustsTheAuthoritiesThatTheOperatorDrops() throws Exception {
    NodeIdentity here = open();
    Node other = new Node(root.resolve("other"));
    NodeIdentity there = open(other);
    Files.createDirectories(operator.resolve("trust"));
    Files.copy(other.security().resolve("ca.crt"), operator.resolve("trust/osaka.crt"));

    assertThat(here.refresh()).isTrue();
    assertThat(here.refresh()).isFalse();

    assertThat(handshake(there.context(), here.context(), "TLSv1.3")).isEqualTo("TLSv1.3");
    assertThat(handshake(there.context(), here.context(), "TLSv1.2")).isEqualTo("TLSv1.2");
    assertThat(handshake(here.context(), there.context(), "TLSv1.3")).startsWith("refused");
    assertThat(handshake(here.context(), here.context(), "TLSv1.1")).startsWith("refused");
  }

  @Test
  void healthTurnsCriticalOnceExpired() throws Exception {
    NodeIdentity identity = open();
    assertThat(health(identity).getStatus()).isEqualTo(Result.Status.OK);

    node.pass(Duration.ofDays(398));

    assertThat(health(identity).getStatus()).isEqualTo(Result.Status.CRITICAL);
  }

  @Test
  void healthIsNotYetGoodBeforeKeysAreOpenAndTellsWhatIsWrong() throws IOException {
    assertThat(new SecurityHealth(null, node).execute().getStatus())
        .isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);
    assertThat(
            new SecurityHealth(new Opened(open(), List.of(), null, false), node)
                .execute()
                .getStatus())
        .isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);

    KibanException lost =
        new KibanException(Outcome.FAILED, SecurityMessage.MASTER_KEY_MISSING, "master.key");
    Result result = new SecurityHealth(new Opened(null, List.of(), lost, true), node).execute();
    assertThat(result.getStatus()).isEqualTo(Result.Status.CRITICAL);
    assertThat(result.toString()).contains("KBN-SECURITY-001");

    Path open = Files.writeString(root.resolve("open.key"), "x");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
    result = new SecurityHealth(new Opened(open(), List.of(open), null, true), node).execute();
    assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
    assertThat(result.toString()).contains("KBN-SECURITY-008");
  }

  private void thenRefused(String file) {
    NodeIdentity identity = open();
    assertThat(identity.isOwn()).isTrue();
    assertThat(identity.refusal()).hasMessageContaining(file);
  }

  private Result health(NodeIdentity identity) {
    return new SecurityHealth(new Opened(identity, List.of(), null, true), node).execute();
  }

  private record Opened(
      NodeIdentity identity, List<Path> secrets, KibanException problem, boolean prepared)
      implements SecurityState {}

  private Identity cityCertificate(Duration life) throws Exception {
    Identity authority = Certificates.authority("倉敷市 CA", node.now(), Duration.ofDays(1000));
    return Certificates.server(
        authority, "kiban", new TreeSet<>(List.of("localhost")), node.now(), life);
  }

  private void provide(Identity identity) throws IOException {
    Files.createDirectories(operator);
    StringBuilder chain = new StringBuilder();
    identity.chain().forEach(c -> chain.append(PemFiles.text(c)));
    Files.writeString(operator.resolve("server.crt"), chain);
    Files.writeString(operator.resolve("server.key"), pem(identity));
  }

  private static String pem(Identity identity) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(identity.key().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private NodeIdentity open(String... names) {
    return open(node, names);
  }

  private static NodeIdentity open(Node node, String... names) {
    return new NodeIdentity(
        node.security(),
        node.etc().resolve("tls"),
        new NodeIdentity.Policy(
            node.nodeName(),
            HostNames.of(node.nodeName(), names),
            Duration.ofDays(397),
            Duration.ofDays(30)),
        new Stores(node, "test".toCharArray()),
        node,
        node);
  }

  /** Returns the protocol that server and client agreed on, or why not. */
  private static String handshake(SSLContext server, SSLContext client, String protocol)
      throws Exception {
    try (SSLServerSocket listening =
            (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0);
        SSLSocket socket =
            (SSLSocket)
                client.getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
      Thread accepting = new Thread(() -> accept(listening));
      accepting.start();
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      String agreed = socket.getSession().getProtocol();
      accepting.join();
      return agreed;
    } catch (IOException e) {
      return "refused: " + e;
    }
  }

  private static void accept(SSLServerSocket listening) {
    try (SSLSocket accepted = (SSLSocket) listening.accept()) {
      accepted.startHandshake();
    } catch (IOException ignored) {
      // The client's side tells.
    }
  }
}
