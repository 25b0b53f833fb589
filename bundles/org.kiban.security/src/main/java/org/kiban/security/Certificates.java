package org.kiban.security;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.SortedSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes the certificates of the node's own authority (EC P-256, X.509 v3). Pure functions. */
final class Certificates {

  private static final Duration CLOCK_SKEW = Duration.ofHours(1);
  private static final int SERIAL_BITS = 127;

  private Certificates() {}

  /** A private key with its certificate and that certificate's issuers. */
  record Identity(java.security.PrivateKey key, List<X509Certificate> chain) {
    X509Certificate certificate() {
      return chain.get(0);
    }
  }

  /**
   * A new authority, which may issue only end certificates.
   *
   * @param name its common name
   */
  static Identity authority(String name, Instant now, Duration life)
      throws GeneralSecurityException, IOException {
    KeyPair pair = keyPair();
    X500Name subject = commonName(name);
    var extensions = new JcaX509ExtensionUtils();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
                subject,
                serial(),
                date(now.minus(CLOCK_SKEW)),
                date(now.plus(life)),
                subject,
                pair.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
            .addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
            .addExtension(
                Extension.subjectKeyIdentifier,
                false,
                extensions.createSubjectKeyIdentifier(pair.getPublic()));
    return new Identity(pair.getPrivate(), List.of(sign(builder, pair.getPrivate())));
  }

  /**
   * A new key and certificate for a server that also acts as a client.
   *
   * @param authority who signs
   * @param name the common name
   * @param names host names and addresses it answers to
   */
  static Identity server(
      Identity authority, String name, SortedSet<String> names, Instant now, Duration life)
      throws GeneralSecurityException, IOException {
    KeyPair pair = keyPair();
    X509Certificate issuer = authority.certificate();
    Instant end = now.plus(life);
    Instant issuerEnd = issuer.getNotAfter().toInstant();
    var extensions = new JcaX509ExtensionUtils();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
                issuer,
                serial(),
                date(now.minus(CLOCK_SKEW)),
                date(end.isBefore(issuerEnd) ? end : issuerEnd),
                commonName(name),
                pair.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(
                    new KeyPurposeId[] {
                      KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }))
            .addExtension(Extension.subjectAlternativeName, false, alternatives(names))
            .addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions.createAuthorityKeyIdentifier(issuer))
            .addExtension(
                Extension.subjectKeyIdentifier,
                false,
                extensions.createSubjectKeyIdentifier(pair.getPublic()));
    return new Identity(pair.getPrivate(), List.of(sign(builder, authority.key()), issuer));
  }

  /** Tells whether a text is an address rather than a name. */
  static boolean isAddress(String name) {
    return name.contains(":") || name.matches("[0-9]+(\\.[0-9]+){3}");
  }

  private static GeneralNames alternatives(SortedSet<String> names) {
    return new GeneralNames(
        names.stream()
            .map(
                n -> new GeneralName(isAddress(n) ? GeneralName.iPAddress : GeneralName.dNSName, n))
            .toArray(GeneralName[]::new));
  }

  private static X509Certificate sign(
      X509v3CertificateBuilder builder, java.security.PrivateKey key)
      throws GeneralSecurityException {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("cannot sign", e);
    }
  }

  private static X500Name commonName(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
  }

  private static Date date(Instant instant) {
    return Date.from(instant);
  }
}
