package org.kiban.update.home;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.FileBatch;
import org.kiban.core.storage.FileBatches;
import org.kiban.update.UpdateCode;
import org.osgi.framework.Version;

/**
 * Distributions beside the one that operators unpacked, each in a folder named by its version. One
 * that bears its name is whole and on disk.
 *
 * @param folder of them; must exist
 * @param files renames and syncs
 * @param batches writes
 */
record Homes(Path folder, DurableFiles files, FileBatches batches) {

  /** Kept free of the disk: an upgrade must not fill it. */
  private static final long RESERVE = 256L << 20;

  /** How many are kept beside the one that runs and the one before it. */
  private static final int OLD = 1;

  private static final int PROGRESS_PERCENT = 10;

  Path home(String version) {
    return folder.resolve(version);
  }

  boolean has(String version) {
    return Files.isDirectory(home(version)) && !version.startsWith(".");
  }

  /** Fails unless a distribution finds room; one that is here already needs none. */
  void requireSpace(Program program) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace() - RESERVE;
      if (!has(program.version()) && program.size() > free) {
        throw new KibanException(
            Outcome.FAILED,
            UpdateCode.NO_SPACE,
            folder,
            program.size() >> 20,
            Math.max(0, free >> 20));
      }
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  /**
   * Unpacks a distribution; one of the same build that is here already stays.
   *
   * @param progress hears how far it is
   */
  void unpack(Archive archive, Program program, Consumer<String> progress) {
    Path fresh = folder.resolve("." + program.version() + ".new");
    try {
      delete(fresh);
      if (has(program.version())) {
        if (isSame(program)) {
          return;
        }
        delete(home(program.version()));
      }
      requireSpace(program);
      try (FileBatch batch = batches.open(folder)) {
        Unpacking unpacking = new Unpacking(fresh, batch, program.size(), progress);
        unpacking.directory("");
        archive.unpack(program, unpacking);
        batch.sync();
        for (Path directory : unpacking.made) {
          files.syncDirectory(directory);
        }
      }
      Files.setPosixFilePermissions(
          fresh.resolve("bin/kiban"), PosixFilePermissions.fromString("rwxr-xr-x"));
      files.move(fresh, home(program.version()));
    } catch (IOException e) {
      throw notWritten(e);
    } catch (KibanException e) {
      deleteQuietly(fresh);
      throw e;
    }
  }

  private boolean isSame(Program program) throws IOException {
    try {
      return Program.of(home(program.version())).build().equals(program.build());
    } catch (TarReader.Refused e) {
      return false;
    }
  }

  /** Writes below a folder. */
  private static final class Unpacking implements Archive.Target {
    private final Path root;
    private final FileBatch batch;
    private final long size;
    private final Consumer<String> progress;
    private final List<Path> made = new ArrayList<>();
    private long done;
    private int told;

    Unpacking(Path root, FileBatch batch, long size, Consumer<String> progress) {
      this.root = root;
      this.batch = batch;
      this.size = size;
      this.progress = progress;
    }

    @Override
    public void directory(String path) throws IOException {
      Path directory = root.resolve(path);
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        made.add(directory);
      }
    }

    @Override
    public void file(String path, InputStream content) throws IOException {
      Path file = root.resolve(path);
      directory(root.relativize(file.getParent()).toString());
      batch.write(file, content);
      done += Files.size(file);
      int percent = (int) (100 * done / Math.max(1, size));
      if (percent >= told + PROGRESS_PERCENT) {
        told = percent;
        progress.accept("unpacked " + Math.min(100, percent) + " % of " + (size >> 20) + " MiB");
      }
    }
  }

  /** Removes all but the newest old ones, and what a crash left. */
  void prune(Set<String> used) {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> homes = new ArrayList<>(all.toList());
      List<Path> old =
          homes.stream()
              .filter(h -> !name(h).startsWith(".") && !used.contains(name(h)))
              .sorted(Comparator.comparing((Path h) -> Version.parseVersion(name(h))).reversed())
              .limit(OLD)
              .toList();
      homes.removeIf(h -> old.contains(h) || used.contains(name(h)));
      for (Path home : homes) {
        delete(home);
      }
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private static String name(Path home) {
    return home.getFileName().toString();
  }

  /** First out of its name, so that no half of it bears the name. */
  private void delete(Path home) throws IOException {
    if (!Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path going = home;
    if (!name(home).startsWith(".")) {
      going = home.resolveSibling("." + name(home) + ".old");
      files.move(home, going);
    }
    try (Stream<Path> tree = Files.walk(going)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void deleteQuietly(Path home) {
    try {
      delete(home);
    } catch (IOException e) {
      // The next one removes it; what failed before is to be reported.
    }
  }

  private KibanException notWritten(IOException e) {
    return new KibanException(e, Outcome.FAILED, UpdateCode.NOT_WRITTEN, folder, e.toString());
  }
}
