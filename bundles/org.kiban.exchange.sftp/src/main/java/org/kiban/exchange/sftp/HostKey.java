package org.kiban.exchange.sftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.kiban.core.storage.DurableFiles;

/** The server's own key, made once and kept: partners pin it. */
final class HostKey {

  private HostKey() {}

  /**
   * Reads it, or makes it.
   *
   * @param file where it lies, as OpenSSH writes it, readable by the node only
   * @throws IOException if it cannot be read or written; another is never made instead
   */
  static KeyPair in(Path file, DurableFiles files) throws IOException {
    try {
      if (Files.notExists(file)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair made = generator.generateKeyPair();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(made, "kiban", null, text);
        files.write(file, text::writeTo);
      }
      try (var in = Files.newInputStream(file)) {
        return SecurityUtils.loadKeyPairIdentities(
                null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY)
            .iterator()
            .next();
      }
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(file + " holds no key: " + e.getMessage(), e);
    }
  }
}
