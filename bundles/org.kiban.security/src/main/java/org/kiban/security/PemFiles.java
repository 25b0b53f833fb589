package org.kiban.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.security.Certificates.Identity;

/** Certificates and keys as operators have them: PEM files. Pure functions. */
final class PemFiles {

  private PemFiles() {}

  /**
   * Reads a certificate chain (the server's first) and its unencrypted key.
   *
   * @throws KibanException naming the file and the reason, if one is not readable or they do not
   *     belong together
   */
  static Identity identity(Path certificates, Path key) {
    List<X509Certificate> chain = certificates(certificates);
    PrivateKey privateKey = privateKey(key);
    try {
      for (int i = 1; i < chain.size(); i++) {
        chain.get(i - 1).verify(chain.get(i).getPublicKey());
      }
    } catch (GeneralSecurityException e) {
      throw refused(e, certificates, "the chain is not in order: each must be signed by the next");
    }
    if (!belongTogether(privateKey, chain.get(0).getPublicKey())) {
      throw refused(null, key, "not the key of the first certificate in " + certificates);
    }
    return new Identity(privateKey, chain);
  }

  /** Reads at least one certificate. */
  static List<X509Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw refused(null, file, "no certificate in it");
      }
      return found;
    } catch (IOException | GeneralSecurityException e) {
      throw refused(e, file, "not a certificate in PEM: " + e.getMessage());
    }
  }

  /** A certificate as PEM text. */
  static String text(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
              .encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a parsed certificate has an encoding", e);
    }
  }

  private static PrivateKey privateKey(Path file) {
    try (Reader in = Files.newBufferedReader(file, UTF_8);
        PEMParser parser = new PEMParser(in)) {
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        if (found instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (found instanceof PrivateKeyInfo info) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
      }
    } catch (IOException e) {
      throw refused(null, file, "not a private key in PEM");
    }
    throw refused(null, file, "no unencrypted private key in it");
  }

  private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
    try {
      String algorithm = "SHA256with" + ("EC".equals(publicKey.getAlgorithm()) ? "ECDSA" : "RSA");
      byte[] text = "kiban".getBytes(US_ASCII);
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update(text);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(text);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static KibanException refused(Throwable cause, Path file, String reason) {
    return new KibanException(
        cause, Outcome.REFUSED, SecurityMessage.CERTIFICATE_REFUSED, file, reason);
  }
}
