package org.kiban.exchange.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Arrival;

/** A file in a watched directory. */
record DirectoryArrival(
    Path path, DirectoryInbound.FileState state, Ready ready, DurableFiles files)
    implements Arrival {

  private static final int MANIFEST_BYTES = 1 << 20;

  @Override
  public String id() {
    return path.getFileName().toString();
  }

  @Override
  public String name() {
    return path.getFileName().toString();
  }

  @Override
  public long size() {
    return state.size();
  }

  @Override
  public Optional<Unfit> unfit() {
    if (state.link()) {
      return Optional.of(Unfit.SYMBOLIC_LINK);
    }
    if (!state.regular()) {
      return Optional.of(Unfit.NOT_A_FILE);
    }
    return Arrival.isNameFit(name()) ? Optional.empty() : Optional.of(Unfit.BAD_NAME);
  }

  @Override
  public Optional<byte[]> manifest() throws IOException {
    Path manifest = ready.manifest(path);
    // Asked twice: where there is none, the first makes no exception.
    if (!Files.exists(manifest) || !Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(manifest, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(in.readNBytes(MANIFEST_BYTES));
    }
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean unchanged() throws IOException {
    try {
      return state.equals(DirectoryInbound.FileState.of(path));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void retire() throws IOException {
    Path marker = ready.marker(path);
    if (marker != null) {
      Files.deleteIfExists(marker);
    }
    Files.deleteIfExists(path);
    Path manifest = ready.manifest(path);
    if (Files.exists(manifest)) {
      Files.deleteIfExists(manifest);
    }
  }

  @Override
  public void setAside(Path target) throws IOException {
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (java.nio.file.AtomicMoveNotSupportedException e) {
      // Another file system: whole there before it goes here. A directory cannot be moved so.
      Files.copy(path, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.REPLACE_EXISTING);
      Files.delete(path);
    }
    Path manifest = ready.manifest(path);
    if (Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)) {
      files.move(manifest, target.resolveSibling(target.getFileName() + Ready.MANIFEST));
    }
    Path marker = ready.marker(path);
    if (marker != null) {
      Files.deleteIfExists(marker);
    }
    files.syncDirectory(target.getParent());
  }
}
