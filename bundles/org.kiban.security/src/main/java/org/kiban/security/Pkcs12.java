package org.kiban.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.kiban.security.Certificates.Identity;

/**
 * Writes PKCS#12 that Java reads as a key store. The JDK's own writer stretches the password 10,000
 * times for each entry, for the certificates and for the checksum, and every reader does so again:
 * a second of each start. The password here is a key of 256 random bits, which stretching makes no
 * stronger; certificates are public and stay legible. Pure functions.
 */
final class Pkcs12 {

  private static final int ROUNDS = 1;
  private static final int KEY_BYTES = 32;
  private static final int BLOCK_BYTES = 16;

  /** By this attribute Java knows a certificate that is trusted from one that belongs to a key. */
  private static final ASN1ObjectIdentifier TRUSTED_KEY_USAGE =
      new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

  private Pkcs12() {}

  /** A key and its chain under one alias. */
  static byte[] identity(String alias, Identity identity, char[] password)
      throws GeneralSecurityException, IOException {
    DEROctetString link = new DEROctetString(alias.getBytes(StandardCharsets.US_ASCII));
    ASN1EncodableVector names = new ASN1EncodableVector();
    names.add(attribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString(alias)));
    names.add(attribute(PKCS12SafeBag.localKeyIdAttribute, link));
    List<PKCS12SafeBag> bags = new ArrayList<>();
    bags.add(
        new PKCS12SafeBag(
            new SafeBag(
                PKCSObjectIdentifiers.pkcs8ShroudedKeyBag,
                encrypted(identity.key(), password),
                new DERSet(names))));
    bags.add(
        new JcaPKCS12SafeBagBuilder(identity.certificate())
            .addBagAttribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString(alias))
            .addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, link)
            .build());
    for (X509Certificate issuer : identity.chain().subList(1, identity.chain().size())) {
      bags.add(new JcaPKCS12SafeBagBuilder(issuer).build());
    }
    return encoded(bags, password);
  }

  /** Certificates to trust, under aliases in their order. */
  static byte[] trusted(Collection<X509Certificate> certificates, char[] password)
      throws GeneralSecurityException, IOException {
    List<PKCS12SafeBag> bags = new ArrayList<>();
    for (X509Certificate certificate : certificates) {
      bags.add(
          new JcaPKCS12SafeBagBuilder(certificate)
              .addBagAttribute(
                  PKCS12SafeBag.friendlyNameAttribute,
                  new DERBMPString("trusted-%04d".formatted(bags.size())))
              .addBagAttribute(TRUSTED_KEY_USAGE, KeyPurposeId.anyExtendedKeyUsage.toOID())
              .build());
    }
    return encoded(bags, password);
  }

  private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new Attribute(type, new DERSet(value));
  }

  /** PBES2 (RFC 8018) with AES-256 in CBC mode. */
  private static EncryptedPrivateKeyInfo encrypted(PrivateKey key, char[] password)
      throws GeneralSecurityException {
    byte[] salt = new byte[BLOCK_BYTES];
    new SecureRandom().nextBytes(salt);
    PBEKeySpec spec = new PBEKeySpec(password, salt, ROUNDS, KEY_BYTES * Byte.SIZE);
    byte[] secret =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"));
    AlgorithmIdentifier hmac =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    PBES2Parameters parameters =
        new PBES2Parameters(
            new KeyDerivationFunc(
                PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, ROUNDS, KEY_BYTES, hmac)),
            new EncryptionScheme(
                NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(cipher.getIV())));
    return new EncryptedPrivateKeyInfo(
        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters),
        cipher.doFinal(key.getEncoded()));
  }

  private static byte[] encoded(List<PKCS12SafeBag> bags, char[] password)
      throws GeneralSecurityException, IOException {
    PKCS12PfxPduBuilder store = new PKCS12PfxPduBuilder();
    for (PKCS12SafeBag bag : bags) {
      store.addData(bag);
    }
    var checksum =
        new BcPKCS12MacCalculatorBuilder(
                new SHA256Digest(),
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE))
            .setIterationCount(ROUNDS);
    try {
      return store.build(checksum, password).getEncoded("DL");
    } catch (PKCSException e) {
      throw new GeneralSecurityException("cannot write a key store", e);
    }
  }
}
