package org.kiban.exchange.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;

/**
 * A consumer's directory. A parcel is staged as {@code .kiban/<delivery>} on the same file system
 * and published by a rename: while the staged file is there the consumer never saw the parcel, once
 * it is gone the consumer has it, whatever it did with it since.
 */
final class DirectoryOutbound implements Outbound {

  private static final int CHUNK = 1 << 18;

  private final Path directory;
  private final Path staging;
  private final DurableFiles files;

  DirectoryOutbound(Path directory, DurableFiles files) throws IOException {
    this.directory = directory;
    this.staging = directory.resolve(".kiban");
    this.files = files;
    Files.createDirectories(staging);
  }

  @Override
  public void stage(Parcel parcel, Content content) throws IOException {
    try (InputStream in = content.open()) {
      write(staged(parcel), in);
    }
    if (parcel.manifest() != null) {
      write(stagedManifest(parcel), new java.io.ByteArrayInputStream(parcel.manifest()));
    }
  }

  private static void write(Path target, InputStream in) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.readNBytes(chunk, 0, CHUNK); n > 0; n = in.readNBytes(chunk, 0, CHUNK)) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(false);
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
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(to.toString());
      }
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public void sync() throws IOException {
    files.syncDirectory(staging);
    files.syncDirectory(directory);
  }

  @Override
  public Presence look(Parcel parcel) {
    boolean waiting =
        Files.exists(staged(parcel))
            || (parcel.manifest() != null && Files.exists(stagedManifest(parcel)));
    return waiting ? Presence.STAGED : Presence.PUBLISHED;
  }

  @Override
  public byte[] lying(Parcel parcel) throws IOException {
    Path file = directory.resolve(parcel.fileName());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
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
  public void close() {
    // Holds nothing open.
  }
}
