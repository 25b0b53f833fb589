package org.kiban.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.time.chrony.ChronyConfig;
import org.kiban.time.chrony.Chronyc;

/** Two real chronyd: the one that Kiban configures authenticates the other by NTS (RFC 8915). */
class NtsTest {

  private static final String HOST = "127.0.0.1";
  private static final char[] PASSWORD = "only for this test".toCharArray();

  @TempDir(cleanup = CleanupMode.ALWAYS)
  private Path folder;

  private int port;
  private int keys;
  private Path certificate;
  private Chronyd server;

  @BeforeEach
  void serve() throws Exception {
    assumeTrue(Chronyd.program().isPresent(), "chrony is not installed");
    try (DatagramSocket time = new DatagramSocket(0, InetAddress.getByName(HOST));
        ServerSocket key = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      port = time.getLocalPort();
      keys = key.getLocalPort();
    }
    KeyStore store = selfSigned();
    certificate = pem("CERTIFICATE", store.getCertificate("nts").getEncoded());
    Path key = pem("PRIVATE KEY", store.getKey("nts", PASSWORD).getEncoded());
    Chronyd.give(folder);
    server =
        Chronyd.start(
            "port " + port,
            "bindaddress " + HOST,
            "allow 127.0.0.0/8",
            "local stratum 1",
            "ntsport " + keys,
            "ntsserverkey " + key,
            "ntsservercert " + certificate);
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private KeyStore selfSigned() throws Exception {
    Path file = folder.resolve("keys.p12");
    String password = new String(PASSWORD);
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "nts",
                "-keyalg",
                "RSA", // GnuTLS does not read the form in which Java writes keys of EC
                "-dname",
                "CN=nts",
                "-ext",
                "san=ip:" + HOST,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes());
    assertThat(made.waitFor()).as(said).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private Path pem(String kind, byte[] content) throws IOException {
    Path file = folder.resolve(kind.replace(' ', '-'));
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    Chronyd.give(file);
    return file;
  }

  @Test
  void theGeneratedConfigurationAuthenticatesTheServer() throws Exception {
    try (Chronyd client = client("ntstrustedcerts " + certificate)) {
      Chronyc chronyc = asking(client);
      assertThat(within(60, client, () -> chronyc.authenticated() == 1)).isTrue();
      assertThat(within(60, client, () -> state(chronyc).equals("selected"))).isTrue();
    }
  }

  @Test
  void aServerWhoseCertificateNobodyTrustsIsNeitherAuthenticatedNorFollowed() throws Exception {
    try (Chronyd client = client("# no certificate of this server")) {
      Chronyc chronyc = asking(client);
      assertThat(within(60, client, () -> state(chronyc).equals("unusable"))).isTrue();
      assertThat(within(3, client, () -> chronyc.authenticated() == 1)).isFalse();
      assertThat(state(chronyc)).isEqualTo("unusable");
    }
  }

  /** Only the port for the keys differs from what a node has; it cannot be 4460 for everybody. */
  private Chronyd client(String trust) throws IOException {
    String text = ChronyConfig.text(List.of(new ChronyConfig.Server(HOST, port, true)), 500);
    return Chronyd.start(text.replace(" nts", " nts ntsport " + keys), "port 0", trust);
  }

  private static Chronyc asking(Chronyd client) {
    return new Chronyc(Path.of("/usr/bin/chronyc"), client.socket());
  }

  private static String state(Chronyc chronyc) throws IOException {
    return chronyc.sources().get(0).state();
  }

  private interface Question {
    boolean holds() throws IOException;
  }

  private static boolean within(int seconds, Chronyd client, Question question)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < end) {
      try {
        if (question.holds()) {
          return true;
        }
      } catch (IOException e) {
        // It does not answer yet: asked again until the time is up.
        assertThat(e).hasMessageNotContaining("form unknown");
      }
      client.pause();
    }
    return false;
  }
}
