package org.kiban.logship.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.kiban.core.keys.TlsIdentity;

/**
 * Another machine, known by a name and by its certificate authority, {@code
 * etc/peers/<name>/ca.pem}; never by its address, since addresses overlap between members. Files
 * are read anew at each use.
 *
 * @param name as in its certificate
 * @param authority the file of its authority
 */
public record Peer(String name, Path authority) {

  private static final int PATIENCE_MILLISECONDS = 10_000;
  private static final int SUBJECT_ALTERNATIVE_DNS = 2;

  /**
   * The peer of a name.
   *
   * @param etc the node's configuration directory
   * @param name lower-case letters, digits and hyphens
   * @throws IllegalArgumentException if it is no such name
   */
  public static Peer of(Path etc, String name) {
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,62}")) {
      throw new IllegalArgumentException("not a peer's name: " + name);
    }
    return new Peer(name, etc.resolve("peers").resolve(name).resolve("ca.pem"));
  }

  /** A context that shows this node's certificate and trusts this peer's authority alone. */
  public SSLContext context(TlsIdentity own) throws IOException {
    return context(own, List.of(this));
  }

  /** A context that shows this node's certificate and trusts the authorities of some peers. */
  public static SSLContext context(TlsIdentity own, Collection<Peer> peers) throws IOException {
    try (InputStream in = Files.newInputStream(own.keyStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, own.password());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, own.password());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), managers(peers), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the node's certificate cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Connects over TLS and makes sure that it is this peer that answers.
   *
   * @throws IOException if it cannot be reached or is somebody else
   */
  public Socket connect(TlsIdentity own, InetSocketAddress address) throws IOException {
    SSLSocket socket = (SSLSocket) context(own).getSocketFactory().createSocket();
    try {
      // An unresolved address is resolved anew at each try.
      socket.connect(
          new InetSocketAddress(address.getHostString(), address.getPort()), PATIENCE_MILLISECONDS);
      socket.setSoTimeout(PATIENCE_MILLISECONDS);
      socket.setTcpNoDelay(true);
      socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      socket.startHandshake();
      if (!isShownBy(socket.getSession())) {
        throw new IOException(address + " answers with a certificate that is not of " + name);
      }
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Whether the other side of a session is this peer: its name, signed by its authority. */
  public boolean isShownBy(SSLSession session) throws IOException {
    try {
      X509Certificate[] chain = (X509Certificate[]) session.getPeerCertificates();
      if (!hasName(chain[0])) {
        return false;
      }
      for (TrustManager manager : managers(List.of(this))) {
        ((X509TrustManager) manager).checkServerTrusted(chain, "UNKNOWN");
      }
      return true;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private boolean hasName(X509Certificate certificate) throws GeneralSecurityException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names != null
        && names.stream()
            .anyMatch(n -> n.get(0).equals(SUBJECT_ALTERNATIVE_DNS) && name.equals(n.get(1)))) {
      return true;
    }
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .anyMatch(r -> r.getType().equalsIgnoreCase("CN") && name.equals(r.getValue()));
    } catch (InvalidNameException e) {
      return false;
    }
  }

  private static TrustManager[] managers(Collection<Peer> peers) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int n = 0;
      for (Peer peer : peers) {
        try (InputStream in = Files.newInputStream(peer.authority())) {
          for (var c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            store.setCertificateEntry("ca" + n++, c);
          }
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IOException("an authority cannot be read: " + e.getMessage(), e);
    }
  }
}
