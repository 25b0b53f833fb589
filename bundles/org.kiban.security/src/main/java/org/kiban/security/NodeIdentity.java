package org.kiban.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.core.storage.DurableFiles;
import org.kiban.security.Certificates.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's certificate: the operator's, if it lies in {@code etc/tls/}, else one of the node's
 * own authority, renewed before it expires. What an operator provided is never written to; a wrong
 * one is refused and the one in force stays.
 */
final class NodeIdentity implements TlsIdentity {

  /**
   * How the node's own certificates are made.
   *
   * @param node the node's name
   * @param names host names and addresses to answer to
   * @param life of a server certificate
   * @param renewBefore its expiry
   */
  record Policy(String node, SortedSet<String> names, Duration life, Duration renewBefore) {}

  static final Duration AUTHORITY_LIFE = Duration.ofDays(3653);

  private static final Logger LOG = LoggerFactory.getLogger(NodeIdentity.class);

  private final Path directory;
  private final Path operator;
  private final Policy policy;
  private final Stores stores;
  private final DurableFiles files;
  private final TrustedClock clock;
  private final Identity authority;
  private volatile Identity identity;
  private volatile SSLContext context;
  private volatile KibanException refusal;
  private Set<X509Certificate> trusted = Set.of();

  /**
   * @param directory the node's security directory
   * @param operator {@code etc/tls}; need not exist
   */
  NodeIdentity(
      Path directory,
      Path operator,
      Policy policy,
      Stores stores,
      DurableFiles files,
      TrustedClock clock) {
    this.directory = directory;
    this.operator = operator;
    this.policy = policy;
    this.stores = stores;
    this.files = files;
    this.clock = clock;
    this.authority = openAuthority();
    refresh();
  }

  @Override
  public Path keyStore() {
    return directory.resolve("node.p12");
  }

  @Override
  public Path trustStore() {
    return directory.resolve("trust.p12");
  }

  @Override
  public char[] password() {
    return stores.password();
  }

  @Override
  public SSLContext context() {
    return context;
  }

  /** The server certificate in force. */
  X509Certificate certificate() {
    return identity.certificate();
  }

  /** The node's own authority. */
  X509Certificate authority() {
    return authority.certificate();
  }

  /** Whether the certificate in force comes from the node's own authority. */
  boolean isOwn() {
    return isOwn(identity);
  }

  /** Why the operator's files are not in force, or null. */
  KibanException refusal() {
    return refusal;
  }

  /**
   * Takes up what the operator changed and renews what is about to expire.
   *
   * @return whether another certificate or trust is in force than before
   */
  synchronized boolean refresh() {
    Identity before = identity;
    Set<X509Certificate> trustedBefore = trusted;
    KibanException problem = null;
    try {
      identity = current();
    } catch (KibanException e) {
      problem = e;
      identity = before != null ? before : fallback();
    }
    try {
      trusted = trustedNow();
    } catch (KibanException e) {
      problem = e;
      trusted = trusted.isEmpty() ? Set.of(authority()) : trusted;
    }
    report(problem);
    boolean changed =
        before == null
            || !before.certificate().equals(identity.certificate())
            || !trustedBefore.equals(trusted);
    if (changed) {
      takeIntoForce();
    }
    return changed;
  }

  private void report(KibanException problem) {
    boolean isNew =
        problem != null && (refusal == null || !problem.getMessage().equals(refusal.getMessage()));
    refusal = problem;
    if (isNew) {
      LOG.error(problem.getMessage());
    }
  }

  private Identity current() {
    Path certificates = operator.resolve("server.crt");
    Path key = operator.resolve("server.key");
    if (Files.exists(certificates) || Files.exists(key)) {
      Identity provided = PemFiles.identity(certificates, key);
      if (provided.certificate().getNotAfter().toInstant().isBefore(clock.now())) {
        throw new KibanException(
            Outcome.REFUSED,
            SecurityMessage.CERTIFICATE_REFUSED,
            certificates,
            "expired on " + provided.certificate().getNotAfter().toInstant());
      }
      return provided;
    }
    Identity held = identity != null ? identity : stored();
    return held != null && isOwn(held) && !isDue(held) ? held : issue();
  }

  // At the start with a refused certificate: the last good one, else one of our own.
  private Identity fallback() {
    Identity held = stored();
    return held != null ? held : issue();
  }

  private Identity stored() {
    return Files.exists(keyStore()) ? stores.identity(keyStore()) : null;
  }

  private boolean isOwn(Identity candidate) {
    return candidate.chain().get(candidate.chain().size() - 1).equals(authority());
  }

  private boolean isDue(Identity held) {
    Instant end = held.certificate().getNotAfter().toInstant();
    return !clock.now().isBefore(end.minus(policy.renewBefore()))
        || !names(held.certificate()).containsAll(policy.names());
  }

  private Identity issue() {
    try {
      Identity issued =
          Certificates.server(authority, policy.node(), policy.names(), clock.now(), policy.life());
      X509Certificate certificate = issued.certificate();
      LOG.info(
          SecurityMessage.CERTIFICATE_ISSUED.logLine(
              certificate.getSubjectX500Principal(), certificate.getNotAfter().toInstant()));
      return issued;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot issue a certificate", e);
    }
  }

  private Identity openAuthority() {
    Path file = directory.resolve("ca.p12");
    if (Files.exists(file)) {
      return stores.identity(file);
    }
    try {
      Identity made =
          Certificates.authority("Kiban CA " + policy.node(), clock.now(), AUTHORITY_LIFE);
      stores.writeIdentity(file, made);
      return made;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot make an authority", e);
    }
  }

  private Set<X509Certificate> trustedNow() {
    Set<X509Certificate> found = new LinkedHashSet<>();
    found.add(authority());
    found.add(identity.chain().get(identity.chain().size() - 1));
    Path drop = operator.resolve("trust");
    if (Files.isDirectory(drop)) {
      try (Stream<Path> entries = Files.list(drop)) {
        entries
            .filter(f -> f.getFileName().toString().matches("[^.].*\\.(crt|pem|cer)"))
            .sorted()
            .forEach(f -> found.addAll(PemFiles.certificates(f)));
      } catch (IOException e) {
        throw new KibanException(
            e, Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, drop, e.toString());
      }
    }
    return found;
  }

  private void takeIntoForce() {
    stores.writeIdentity(keyStore(), identity);
    stores.writeTrusted(trustStore(), trusted);
    Path exported = directory.resolve("ca.crt");
    try {
      String pem = PemFiles.text(authority());
      if (!Files.exists(exported) || !Files.readString(exported, US_ASCII).equals(pem)) {
        files.write(exported, out -> out.write(pem.getBytes(US_ASCII)));
      }
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, exported, e.toString());
    }
    context = newContext();
  }

  private SSLContext newContext() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(stores.load(keyStore()), stores.password());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(stores.load(trustStore()));
      SSLContext made = SSLContext.getInstance("TLSv1.3");
      made.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new KibanException(
          e, Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, keyStore(), e.toString());
    }
  }

  private static Set<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      Set<String> names = new LinkedHashSet<>();
      if (alternatives != null) {
        alternatives.forEach(a -> names.add(String.valueOf(a.get(1))));
      }
      return names;
    } catch (GeneralSecurityException e) {
      return Set.of();
    }
  }
}
