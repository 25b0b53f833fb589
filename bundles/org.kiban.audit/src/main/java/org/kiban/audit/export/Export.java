package org.kiban.audit.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.core.storage.Journal;

/**
 * Writes the ledger as lines of JSON: a head, the entries with their very payloads, and a signature
 * by the node's certificate over the node's name, the number of entries, the last hash and the
 * time. {@link AuditTool} verifies it. Used once.
 */
public final class Export {

  static final String FORMAT = "kiban-audit-export-1";

  private final String node;
  private final TrustedClock clock;
  private final TlsIdentity identity;
  private final ObjectMapper mapper = new ObjectMapper();
  private long entries;
  private byte[] head = new byte[32];

  /**
   * An export.
   *
   * @param node the node's name
   */
  public Export(String node, TrustedClock clock, TlsIdentity identity) {
    this.node = node;
    this.clock = clock;
    this.identity = identity;
  }

  /** Writes all entries that are durable now. */
  public void write(Journal journal, OutputStream out) throws IOException {
    line(out, mapper.createObjectNode().put("format", FORMAT).put("node", node));
    journal.read(
        1,
        e -> {
          entries = e.position();
          head = e.hash();
          line(
              out,
              mapper
                  .createObjectNode()
                  .put("position", e.position())
                  .put("hash", HexFormat.of().formatHex(e.hash()))
                  .put("payload", new String(e.payload(), StandardCharsets.UTF_8)));
        });
    try {
      line(out, signature());
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot sign: " + e.getMessage(), e);
    }
  }

  /** How a key of the node, or of the operator's own authority, signs. */
  static String algorithm(Key key) {
    return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256with" + key.getAlgorithm();
  }

  /** What the signature is over. */
  static byte[] signed(String node, long entries, String head, String at) {
    return String.join("\n", FORMAT, node, Long.toString(entries), head, at)
        .getBytes(StandardCharsets.UTF_8);
  }

  private ObjectNode signature() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(identity.keyStore())) {
      store.load(in, identity.password());
    }
    String alias = store.aliases().nextElement();
    String at = clock.now().toString();
    String last = HexFormat.of().formatHex(head);
    PrivateKey key = (PrivateKey) store.getKey(alias, identity.password());
    Signature signature = Signature.getInstance(algorithm(key));
    signature.initSign(key);
    signature.update(signed(node, entries, last, at));
    Base64.Encoder base64 = Base64.getEncoder();
    ObjectNode end = mapper.createObjectNode().put("entries", entries).put("head", last);
    end.put("at", at).put("signature", base64.encodeToString(signature.sign()));
    for (Certificate certificate : store.getCertificateChain(alias)) {
      end.withArray("certificates").add(base64.encodeToString(certificate.getEncoded()));
    }
    return end;
  }

  private void line(OutputStream out, ObjectNode node) throws IOException {
    out.write(mapper.writeValueAsBytes(node));
    out.write('\n');
  }
}
