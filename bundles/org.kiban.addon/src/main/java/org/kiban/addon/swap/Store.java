package org.kiban.addon.swap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.kiban.addon.pack.Verified;
import org.kiban.core.storage.DurableFiles;

/**
 * The bundles of add-ons on disk, {@code store/<id>/<version>/…}. A folder counts once the journal
 * names it; the others are what a crash or a rollback left, and go. Used by one thread at a time.
 */
final class Store {

  /** Brings the bundles of a package out of it. */
  @FunctionalInterface
  interface Unpacker {
    void unpack(Verified verified, Path folder) throws IOException;
  }

  private final Path root;
  private final DurableFiles files;
  private final Unpacker unpacker;

  Store(Path root, DurableFiles files, Unpacker unpacker) {
    this.root = root;
    this.files = files;
    this.unpacker = unpacker;
  }

  /** Where a bundle lies. */
  Path jar(Addon addon, Piece piece) {
    return folder(addon).resolve(piece.file());
  }

  private Path folder(Addon addon) {
    return root.resolve(addon.id()).resolve(addon.version());
  }

  /** Unpacks a package; on return its files survive a power cut. */
  void put(Verified verified, Addon addon) throws IOException {
    Path folder = folder(addon);
    delete(folder);
    Files.createDirectories(folder);
    unpacker.unpack(verified, folder);
    try (Stream<Path> all = Files.walk(root)) {
      for (Path directory : all.filter(Files::isDirectory).toList()) {
        files.syncDirectory(directory);
      }
    }
    files.syncDirectory(root.getParent());
  }

  /** Removes everything that does not belong to one of these. */
  void retain(Collection<Addon> addons) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    Set<Path> keep = new HashSet<>();
    addons.forEach(a -> keep.add(folder(a)));
    try (Stream<Path> ids = Files.list(root)) {
      for (Path id : ids.toList()) {
        retain(id, keep);
      }
    }
  }

  private void retain(Path id, Set<Path> keep) throws IOException {
    boolean any = false;
    if (Files.isDirectory(id)) {
      try (Stream<Path> versions = Files.list(id)) {
        for (Path version : versions.toList()) {
          if (keep.contains(version)) {
            any = true;
          } else {
            delete(version);
          }
        }
      }
    }
    if (!any) {
      delete(id);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
