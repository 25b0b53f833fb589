package org.kiban.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.security.Certificates.Identity;

/** PKCS#12 stores on disk, all under one password. */
final class Stores {

  private static final String TYPE = "PKCS12";
  private static final String KEY_ALIAS = "kiban";

  private final DurableFiles files;
  private final char[] password;

  Stores(DurableFiles files, char[] password) {
    this.files = files;
    this.password = password;
  }

  char[] password() {
    return password.clone();
  }

  KeyStore load(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(in, password);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(e, file);
    }
  }

  Identity identity(Path file) {
    try {
      KeyStore store = load(file);
      Certificate[] chain = store.getCertificateChain(KEY_ALIAS);
      if (chain == null) {
        throw new KibanException(
            Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, file, "no entry " + KEY_ALIAS);
      }
      return new Identity(
          (PrivateKey) store.getKey(KEY_ALIAS, password),
          Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    } catch (GeneralSecurityException e) {
      throw unusable(e, file);
    }
  }

  void writeIdentity(Path file, Identity identity) {
    try {
      write(file, Pkcs12.identity(KEY_ALIAS, identity, password));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(e, file);
    }
  }

  /** Writes the certificates, unless exactly they lie there already. */
  void writeTrusted(Path file, Collection<X509Certificate> certificates) {
    try {
      if (Files.exists(file) && trusted(file).equals(List.copyOf(certificates))) {
        return;
      }
      write(file, Pkcs12.trusted(certificates, password));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(e, file);
    }
  }

  private List<X509Certificate> trusted(Path file) throws GeneralSecurityException {
    KeyStore store = load(file);
    return java.util.Collections.list(store.aliases()).stream()
        .sorted()
        .map(
            alias -> {
              try {
                return (X509Certificate) store.getCertificate(alias);
              } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the store was loaded", e);
              }
            })
        .toList();
  }

  private void write(Path file, byte[] store) throws IOException {
    files.write(file, out -> out.write(store));
  }

  private static KibanException unusable(Exception cause, Path file) {
    return new KibanException(
        cause, Outcome.FAILED, SecurityMessage.STORE_UNUSABLE, file, cause.toString());
  }
}
