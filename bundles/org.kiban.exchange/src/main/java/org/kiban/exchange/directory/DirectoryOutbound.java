package org.kiban.exchange.directory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.kiban.core.storage.FileBatch;
import org.kiban.core.storage.FileBatches;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer's directory. A parcel is staged as {@code .kiban/<delivery>} on the same file system
 * and published by a rename: while the staged file is there the consumer never saw the parcel, once
 * it is gone the consumer has it, whatever it did with it since.
 */
final class DirectoryOutbound implements Outbound {

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryOutbound.class);

  private final Path directory;
  private final Path staging;
  private final FileBatch batch;
  private final Run run;

  /**
   * One life of the transport.
   *
   * @param name begins the names of its spools, and of no other's
   * @param number of the last spool
   */
  record Run(String name, AtomicLong number) {
    private static final String SPOOL = "spool-";

    Run() {
      this(SPOOL + UUID.randomUUID() + "-", new AtomicLong());
    }
  }

  DirectoryOutbound(Path directory, FileBatches batches, Run run) throws IOException {
    this.directory = directory;
    this.staging = Files.createDirectories(directory.resolve(".kiban"));
    this.run = run;
    removeSpoolsOfEarlierRuns();
    this.batch = batches.open(staging);
  }

  @Override
  public Optional<Path> spool() {
    return Optional.of(staging.resolve(run.name() + run.number().incrementAndGet()));
  }

  private void removeSpoolsOfEarlierRuns() {
    try (DirectoryStream<Path> spools = Files.newDirectoryStream(staging, Run.SPOOL + "*")) {
      for (Path spool : spools) {
        if (!spool.getFileName().toString().startsWith(run.name())) {
          Files.deleteIfExists(spool);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They are in nobody's way; whether parcels can be staged is found out with the first.
      LOG.debug("spools left in {}", staging, e);
    }
  }

  @Override
  public void stage(Parcel parcel, Content content) throws IOException {
    Optional<Path> file = content.file().filter(f -> f.getParent().equals(staging));
    if (file.isPresent()) {
      batch.move(file.get(), staged(parcel));
    } else {
      try (InputStream in = content.open()) {
        batch.write(staged(parcel), in);
      }
    }
    if (parcel.manifest() != null) {
      batch.write(stagedManifest(parcel), new ByteArrayInputStream(parcel.manifest()));
    }
  }

  @Override
  public void publish(Parcel parcel) throws IOException {
    rename(staged(parcel), directory.resolve(parcel.fileName()));
    if (parcel.manifest() != null) {
      rename(stagedManifest(parcel), manifest(parcel));
    }
  }

  private synchronized void rename(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      // This node is the directory's only writer, and one courier at a time serves a consumer.
      // Asked so that no exception is made for each file; a link to nowhere is replaced itself.
      if (Files.exists(to)) {
        throw new FileAlreadyExistsException(to.toString());
      }
      batch.move(from, to);
    }
  }

  @Override
  public void sync() throws IOException {
    batch.sync();
  }

  /**
   * What is staged is held against the parcel: a disk that failed while the linkage was stopped may
   * have left less of it than was noted. Once the content is renamed the parcel is the consumer's.
   */
  @Override
  public Presence look(Parcel parcel) throws IOException {
    boolean manifest = parcel.manifest() != null;
    if (!Files.exists(staged(parcel))) {
      return manifest && Files.exists(stagedManifest(parcel))
          ? Presence.STAGED
          : Presence.PUBLISHED;
    }
    boolean whole =
        batch.isDurable(staged(parcel))
            && Arrays.equals(hash(staged(parcel)), parcel.sha256())
            && (!manifest || isWhole(stagedManifest(parcel), parcel.manifest()));
    return whole ? Presence.STAGED : Presence.LOST;
  }

  @Override
  public void withdraw(Parcel parcel) throws IOException {
    Files.deleteIfExists(stagedManifest(parcel));
    Files.deleteIfExists(staged(parcel));
  }

  private boolean isWhole(Path file, byte[] bytes) throws IOException {
    return batch.isDurable(file)
        && Files.exists(file)
        && Arrays.equals(Files.readAllBytes(file), bytes);
  }

  @Override
  public byte[] lying(Parcel parcel) throws IOException {
    Path file = directory.resolve(parcel.fileName());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    return hash(file);
  }

  private static byte[] hash(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return ((DigestInputStream) in).getMessageDigest().digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String place(Parcel parcel) {
    return directory.resolve(parcel.fileName()).toString();
  }

  private Path manifest(Parcel parcel) {
    return directory.resolve(parcel.fileName() + Ready.MANIFEST);
  }

  private Path staged(Parcel parcel) {
    return staging.resolve(Long.toString(parcel.delivery()));
  }

  private Path stagedManifest(Parcel parcel) {
    return staging.resolve(parcel.delivery() + Ready.MANIFEST);
  }

  @Override
  public void close() throws IOException {
    batch.close();
  }
}
