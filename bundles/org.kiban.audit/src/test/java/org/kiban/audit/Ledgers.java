package org.kiban.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** Opens ledgers in a folder, with the real journal, a clock that stands and a key of zeros. */
public final class Ledgers {

  /** When everything happens. */
  public static final Instant NOW = Instant.parse("2026-11-23T01:02:03Z");

  private Ledgers() {}

  /** Opens, or opens again, the ledger of a node whose data lie in a folder. */
  public static AuditLedger open(Path data, TlsIdentity identity) throws IOException {
    DurableFilesComponent files = new DurableFilesComponent();
    return new AuditLedger(
        new Paths(data), files, new JournalsComponent(files), new Zeros(), identity, new Clock());
  }

  /** A node's identity of a key store. */
  public record Identity(Path keyStore, char[] password) implements TlsIdentity {
    @Override
    public Path trustStore() {
      return keyStore;
    }

    @Override
    public SSLContext context() {
      throw new UnsupportedOperationException();
    }
  }

  private record Paths(Path data) implements NodePaths {
    @Override
    public String nodeName() {
      return "node-a";
    }

    @Override
    public Path home() {
      return data;
    }

    @Override
    public Path etc() {
      return data;
    }

    @Override
    public Path nodeDirectory(String capability) {
      try {
        return Files.createDirectories(data.resolve("node").resolve(capability));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Path municipalityDirectory(MunicipalityCode code, String capability) {
      throw new UnsupportedOperationException();
    }
  }

  private record Zeros() implements Keys {
    @Override
    public SecretKey municipality(MunicipalityCode code, String purpose) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SecretKey node(String purpose) {
      return new SecretKeySpec(new byte[32], "AES");
    }
  }

  private record Clock() implements TrustedClock {
    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public Reading read() {
      return new Reading(NOW, Optional.of(Duration.ofMillis(5)), Trust.TRUSTED, Duration.ZERO);
    }
  }
}
