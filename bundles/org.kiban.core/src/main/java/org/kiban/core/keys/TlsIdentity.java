package org.kiban.core.keys;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * The node's certificate and the authorities it trusts, made at the first start and replaceable by
 * the operator. An OSGi service, registered once the material lies on disk. Safe for any thread.
 */
public interface TlsIdentity {

  /** A PKCS#12 store with the node's private key and certificate chain (mode 0600). */
  Path keyStore();

  /** A PKCS#12 store with the authorities that peers' certificates must come from. */
  Path trustStore();

  /** The password of both stores. Never logged, never on a command line. */
  char[] password();

  /** A TLS 1.2 and 1.3 context over both stores, for servers and clients. */
  SSLContext context();
}
