package org.kiban.exchange.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;

/**
 * The way out to a folder of another machine. Staging writes the parcel durably on this node's
 * disk, since the other side may be away for days; publishing sends it. Only then the staged files
 * go, so a parcel without them was published — unless the whole directory was lost, which the
 * {@code keep} file tells.
 */
final class FarOutbound implements Outbound {

  static final String MANIFEST = ".manifest.json";

  private final Store store;
  private final Path directory;
  private final DurableFiles files;

  FarOutbound(Store store, Path directory, DurableFiles files) throws IOException {
    this.store = store;
    this.directory = Files.createDirectories(directory.resolve(".far"));
    this.files = files;
  }

  @Override
  public boolean distant() {
    return true;
  }

  @Override
  public void stage(Parcel parcel, Content content) throws IOException {
    if (Files.notExists(keep())) {
      files.write(keep(), out -> {});
    }
    if (parcel.manifest() != null) {
      files.write(manifest(parcel), out -> out.write(parcel.manifest()));
    }
    // Last: it is what tells that all is there.
    files.write(
        staged(parcel),
        out -> {
          try (InputStream in = content.open()) {
            in.transferTo(out);
          }
        });
  }

  @Override
  public void publish(Parcel parcel) throws IOException {
    if (Files.exists(staged(parcel))) {
      store.publish(parcel, parcel.fileName(), staged(parcel));
      files.delete(staged(parcel));
    }
    if (Files.exists(manifest(parcel))) {
      store.publish(parcel, parcel.fileName() + MANIFEST, manifest(parcel));
      files.delete(manifest(parcel));
    }
  }

  @Override
  public void sync() {
    // Staged files are durable already; the other side's are its own.
  }

  @Override
  public Presence look(Parcel parcel) {
    if (Files.exists(staged(parcel)) || Files.exists(manifest(parcel))) {
      return Files.exists(keep()) ? Presence.STAGED : Presence.LOST;
    }
    return Files.exists(keep()) ? Presence.PUBLISHED : Presence.LOST;
  }

  @Override
  public void withdraw(Parcel parcel) throws IOException {
    files.delete(staged(parcel));
    files.delete(manifest(parcel));
  }

  @Override
  public byte[] lying(Parcel parcel) {
    return null; // what lies there is the other side's to say
  }

  @Override
  public String place(Parcel parcel) {
    return store.place(parcel.fileName());
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  private Path staged(Parcel parcel) {
    return directory.resolve(parcel.delivery() + ".staged");
  }

  private Path manifest(Parcel parcel) {
    return directory.resolve(parcel.delivery() + MANIFEST);
  }

  private Path keep() {
    return directory.resolve("keep");
  }
}
