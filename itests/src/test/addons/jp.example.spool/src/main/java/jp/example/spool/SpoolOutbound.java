package jp.example.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;

/**
 * Stages in a hidden folder and publishes by one rename. A mark that is made when a parcel was
 * staged and never goes away tells a parcel that the consumer took from one that never was.
 */
final class SpoolOutbound implements Outbound {

  private final Path folder;
  private final Path hidden;

  SpoolOutbound(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.hidden = Files.createDirectories(folder.resolve(".spool"));
  }

  private Path staged(Parcel parcel) {
    return hidden.resolve(parcel.delivery() + ".staged");
  }

  private Path mark(Parcel parcel) {
    return hidden.resolve(parcel.delivery() + ".mark");
  }

  private Path target(Parcel parcel) {
    return folder.resolve(parcel.fileName());
  }

  @Override
  public void stage(Parcel parcel, Content content) throws IOException {
    Path part = hidden.resolve(parcel.delivery() + ".part");
    try (InputStream in = content.open()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(part, staged(parcel), StandardCopyOption.ATOMIC_MOVE);
    if (!Files.exists(mark(parcel))) {
      Files.createFile(mark(parcel));
    }
  }

  @Override
  public synchronized void publish(Parcel parcel) throws IOException {
    if (look(parcel) == Presence.PUBLISHED) {
      return;
    }
    if (Files.exists(target(parcel))) {
      throw new FileAlreadyExistsException(target(parcel).toString());
    }
    Files.move(staged(parcel), target(parcel), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void sync() throws IOException {
    for (Path directory : new Path[] {hidden, folder}) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public Presence look(Parcel parcel) {
    if (Files.exists(staged(parcel))) {
      return Presence.STAGED;
    }
    return Files.exists(mark(parcel)) ? Presence.PUBLISHED : Presence.LOST;
  }

  @Override
  public void withdraw(Parcel parcel) throws IOException {
    Files.deleteIfExists(staged(parcel));
    Files.deleteIfExists(mark(parcel));
  }

  @Override
  public byte[] lying(Parcel parcel) throws IOException {
    if (!Files.exists(target(parcel))) {
      return null;
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(target(parcel)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String place(Parcel parcel) {
    return target(parcel).toString();
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
