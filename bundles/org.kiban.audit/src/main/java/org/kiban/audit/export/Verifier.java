package org.kiban.audit.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kiban.audit.AuditMessage;
import org.kiban.core.Digests;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Checks the lines of one export: the chain of hashes, then the signature over its end. */
final class Verifier {

  private final Path file;
  private final ObjectMapper mapper = new ObjectMapper();
  private final MessageDigest sha256 = Digests.sha256();
  private byte[] head = new byte[32];
  private long entries;
  private long line;

  private Verifier(Path file) {
    this.file = file;
  }

  /**
   * Verifies a file.
   *
   * @param authorities certificates in PEM, one of which the signer's must come from
   * @throws KibanException (failed) if it is not, byte for byte, what a node of theirs wrote
   */
  static Verified of(Path file, Path authorities) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return new Verifier(file).read(in, authorities);
    } catch (GeneralSecurityException | IllegalArgumentException | DateTimeParseException e) {
      throw new KibanException(e, Outcome.FAILED, AuditMessage.NOT_SIGNED, file, e.getMessage());
    }
  }

  private Verified read(BufferedReader in, Path authorities)
      throws IOException, GeneralSecurityException {
    JsonNode first = next(in);
    if (!Export.FORMAT.equals(first.path("format").asText())) {
      throw wrong("not an export of an audit ledger");
    }
    JsonNode node = next(in);
    while (!node.has("signature")) {
      link(node);
      node = next(in);
    }
    if (in.read() >= 0) {
      throw wrong("something follows the signature");
    }
    return signed(first.path("node").asText(), node, authorities);
  }

  private JsonNode next(BufferedReader in) throws IOException {
    line++;
    String text = in.readLine();
    if (text == null) {
      throw wrong("the file ends without a signature");
    }
    try {
      JsonNode node = mapper.readTree(text);
      if (!node.isObject()) {
        throw wrong("not an entry");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw wrong("not JSON: " + e.getOriginalMessage());
    }
  }

  private void link(JsonNode node) {
    entries++;
    if (node.path("position").asLong() != entries) {
      throw wrong("entry " + node.path("position").asText() + " stands where " + entries + " must");
    }
    sha256.update(head);
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(entries).flip());
    head = sha256.digest(node.path("payload").asText().getBytes(StandardCharsets.UTF_8));
    if (!HexFormat.of().formatHex(head).equals(node.path("hash").asText())) {
      throw wrong("the hash does not belong to the entries up to here");
    }
  }

  private Verified signed(String name, JsonNode end, Path authorities)
      throws IOException, GeneralSecurityException {
    String last = HexFormat.of().formatHex(head);
    if (end.path("entries").asLong() != entries || !last.equals(end.path("head").asText())) {
      throw wrong(end.path("entries").asText() + " entries were signed, " + entries + " are here");
    }
    String at = end.path("at").asText();
    X509Certificate signer = signer(end.path("certificates"), authorities, Instant.parse(at));
    Signature signature = Signature.getInstance(Export.algorithm(signer.getPublicKey()));
    signature.initVerify(signer);
    signature.update(Export.signed(name, entries, last, at));
    if (!signature.verify(Base64.getDecoder().decode(end.path("signature").asText()))) {
      throw new KibanException(
          Outcome.FAILED, AuditMessage.NOT_SIGNED, file, "the signature is of other contents");
    }
    String subject = signer.getSubjectX500Principal().getName();
    return new Verified(name, entries, last, at, subject);
  }

  private static X509Certificate signer(JsonNode encoded, Path authorities, Instant at)
      throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Set<TrustAnchor> anchors;
    try (InputStream in = Files.newInputStream(authorities)) {
      anchors =
          factory.generateCertificates(in).stream()
              .map(c -> new TrustAnchor((X509Certificate) c, null))
              .collect(Collectors.toSet());
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (JsonNode one : encoded) {
      byte[] der = Base64.getDecoder().decode(one.asText());
      chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    }
    if (chain.isEmpty()) {
      throw new CertificateException("no certificate");
    }
    X509Certificate signer = chain.get(0);
    // An anchor is not part of the path from it.
    chain.removeIf(c -> anchors.stream().anyMatch(a -> a.getTrustedCert().equals(c)));
    if (chain.contains(signer)) {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), parameters);
    } else {
      signer.checkValidity(Date.from(at));
    }
    return signer;
  }

  private KibanException wrong(String reason) {
    return new KibanException(Outcome.FAILED, AuditMessage.EXPORT_WRONG, file, line, reason);
  }
}
