package org.kiban.messaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.kiban.core.keys.TlsIdentity;

/** A node's certificate for tests, made by the JDK's own keytool. */
record Pki(Path keyStore, Path trustStore) implements TlsIdentity {

  private static final String PASSWORD = "only-for-tests";

  /** The certificate that lies in a directory; a new one if none does. */
  static Pki in(Path directory) throws IOException, InterruptedException {
    Path key = directory.resolve("key.p12");
    Path trust = directory.resolve("trust.p12");
    if (Files.exists(trust)) {
      return new Pki(key, trust);
    }
    Path cert = directory.resolve("node.crt");
    keytool(
        key,
        "-genkeypair",
        "-alias",
        "node",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-validity",
        "2");
    keytool(key, "-exportcert", "-alias", "node", "-file", cert.toString());
    keytool(trust, "-importcert", "-noprompt", "-alias", "ca", "-file", cert.toString());
    return new Pki(key, trust);
  }

  @Override
  public char[] password() {
    return PASSWORD.toCharArray();
  }

  @Override
  public SSLContext context() {
    throw new UnsupportedOperationException();
  }

  private static void keytool(Path store, String... command)
      throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> common =
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
    List<String> all =
        Stream.of(List.of(tool), Arrays.asList(command), common).flatMap(List::stream).toList();
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }
}
