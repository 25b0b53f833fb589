package org.kiban.route.wall;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.kiban.core.keys.TlsIdentity;

/** A certificate for localhost, made by the JDK's own keytool, that trusts itself. */
record TestIdentity(Path keyStore, Path trustStore) implements TlsIdentity {

  private static final String PASSWORD = "only-for-tests";

  /** Makes one in a directory. */
  static TestIdentity in(Path directory) throws IOException, InterruptedException {
    Path key = directory.resolve("key.p12");
    Path trust = directory.resolve("trust.p12");
    Path cert = directory.resolve("node.crt");
    keytool(
        key,
        "-genkeypair -alias node -keyalg EC -groupname secp256r1 -dname CN=localhost -ext"
            + " san=dns:localhost,ip:127.0.0.1 -validity 2");
    keytool(key, "-exportcert -alias node -file " + cert);
    keytool(trust, "-importcert -noprompt -alias ca -file " + cert);
    return new TestIdentity(key, trust);
  }

  @Override
  public char[] password() {
    return PASSWORD.toCharArray();
  }

  @Override
  public SSLContext context() {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), Trust.managers(this), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(Path store, String command) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> common =
        List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
    List<String> all =
        Stream.of(List.of(tool), Arrays.asList(command.split(" ")), common)
            .flatMap(List::stream)
            .toList();
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }
}
