package org.kiban.logship.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.kiban.core.keys.TlsIdentity;

/** A machine's certificate for tests, its own authority, made by the JDK's own keytool. */
public record TestNode(String name, Path directory) implements TlsIdentity {

  private static final String PASSWORD = "only-for-tests";

  /** Makes one of a name in a directory below. */
  public static TestNode in(Path above, String name) throws IOException, InterruptedException {
    Path directory = Files.createDirectories(above.resolve(name));
    TestNode node = new TestNode(name, directory);
    node.keytool(
        "-genkeypair -alias kiban -keyalg RSA -keysize 2048 -dname CN="
            + name
            + " -ext bc=ca:true -ext san=dns:"
            + name
            + ",dns:localhost,ip:127.0.0.1 -validity 2");
    node.keytool("-exportcert -rfc -alias kiban -file " + node.certificate());
    node.exportKey();
    return node;
  }

  /** As a peer of others. */
  public Peer peer() {
    return new Peer(name, certificate());
  }

  /** Its certificate in PEM, which is its authority as well. */
  public Path certificate() {
    return directory.resolve("ca.pem");
  }

  /** Its key in PEM. */
  public Path key() {
    return directory.resolve("key.pem");
  }

  @Override
  public Path keyStore() {
    return directory.resolve("key.p12");
  }

  @Override
  public Path trustStore() {
    throw new UnsupportedOperationException();
  }

  @Override
  public char[] password() {
    return PASSWORD.toCharArray();
  }

  @Override
  public SSLContext context() {
    throw new UnsupportedOperationException();
  }

  private void exportKey() throws IOException {
    try (InputStream in = Files.newInputStream(keyStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password());
      byte[] key = store.getKey("kiban", password()).getEncoded();
      Files.writeString(
          key(),
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                  .encodeToString(key)
              + "\n-----END PRIVATE KEY-----\n");
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private void keytool(String command) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> store =
        List.of("-keystore", keyStore().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
    List<String> all =
        Stream.of(List.of(tool), Arrays.asList(command.split(" ")), store)
            .flatMap(List::stream)
            .toList();
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }
}
