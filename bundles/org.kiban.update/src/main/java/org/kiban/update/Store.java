package org.kiban.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.update.tuf.Target;
import org.kiban.update.tuf.TufClient;

/**
 * The files of offers on this node, by the SHA-256 of their content, so that a medium can leave.
 *
 * @param folder that holds nothing else; must exist
 * @param files writes it
 */
record Store(Path folder, DurableFiles files) {

  /** Kept free of the disk: an update must not fill it. */
  private static final long RESERVE = 256L << 20;

  Path file(String sha256) {
    return folder.resolve(sha256);
  }

  boolean has(Target target) {
    return Files.exists(file(target.sha256()));
  }

  /** Copies what is not there yet from a repository, verified; returns how many files. */
  int take(Path repository, boolean consistent, List<Offer> offers) {
    List<Target> missing = offers.stream().map(Offer::target).filter(t -> !has(t)).toList();
    requireSpace(missing.stream().mapToLong(Target::length).sum());
    for (Target target : missing) {
      try {
        files.write(
            file(target.sha256()), out -> TufClient.fetch(repository, consistent, target, out));
      } catch (IOException e) {
        throw notWritten(e);
      }
    }
    return missing.size();
  }

  private void requireSpace(long needed) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace() - RESERVE;
      if (needed > free) {
        throw new KibanException(
            Outcome.FAILED, UpdateCode.NO_SPACE, folder, needed >> 20, Math.max(0, free >> 20));
      }
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  /** Removes what is neither offered nor a way back. */
  void retain(Set<String> wanted) {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(f -> !wanted.contains(f.getFileName().toString())).toList()) {
        files.delete(file);
      }
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private KibanException notWritten(IOException e) {
    return new KibanException(e, Outcome.FAILED, UpdateCode.NOT_WRITTEN, folder, e.toString());
  }
}
