package org.kiban.route.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.route.RouteFile;
import org.kiban.route.RouteFile.Format;
import org.kiban.route.RouteMessage;

/**
 * The folder of one municipality's route files, {@code etc/routes/<code>}. A change counts once two
 * scans found the same; what the node itself writes counts at once. Safe for any thread.
 */
public final class RouteFolder {

  private static final int MOST_BYTES = 1 << 20;
  private static final byte[] NONE = {};

  private final MunicipalityCode code;
  private final Path folder;
  private final DurableFiles files;

  /** Digest by name as the scan before found it; a name that was not there is missing. */
  private Map<String, String> seen = Map.of();

  private Scan last = new Scan(Map.of(), Map.of(), Set.of());

  /**
   * @param code whose folder it is
   * @param folder where; need not exist yet
   * @param files writes
   */
  public RouteFolder(MunicipalityCode code, Path folder, DurableFiles files) {
    this.code = code;
    this.folder = folder;
    this.files = files;
  }

  /**
   * Looks at the folder.
   *
   * @throws NoSuchFileException if there is none: it may be a volume that is not there just now
   * @throws IOException if it cannot be read; nothing is to be concluded then either
   */
  public synchronized Scan scan() throws IOException {
    Map<String, RouteFile> found = new TreeMap<>();
    Map<String, KibanException> wrong = new TreeMap<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "*.camel.{yaml,xml}")) {
      for (Path path : paths) {
        if (!path.getFileName().toString().startsWith(".")) {
          look(path, found, wrong);
        }
      }
    }
    settle(found, wrong);
    return last;
  }

  private void look(Path path, Map<String, RouteFile> found, Map<String, KibanException> wrong)
      throws IOException {
    String fileName = path.getFileName().toString();
    try (InputStream in = Files.newInputStream(path)) {
      RouteFile file = file(fileName, in.readNBytes(MOST_BYTES + 1));
      if (found.putIfAbsent(file.name(), file) != null) {
        throw new KibanException(Outcome.REFUSED, RouteMessage.TWICE, file.name());
      }
    } catch (NoSuchFileException e) {
      // Gone between listing and reading.
    } catch (KibanException e) {
      wrong.put(RouteFile.of(code, fileName, NONE).map(RouteFile::name).orElse(fileName), e);
    }
  }

  private void settle(Map<String, RouteFile> found, Map<String, KibanException> wrong) {
    found.keySet().removeAll(wrong.keySet());
    Map<String, String> now = new HashMap<>();
    found.forEach((name, file) -> now.put(name, file.digest()));
    Map<String, RouteFile> settled = new TreeMap<>();
    Set<String> unsettled = new HashSet<>();
    Set<String> names = new HashSet<>(found.keySet());
    names.addAll(last.files().keySet());
    names.addAll(seen.keySet());
    for (String name : names) {
      boolean same = now.containsKey(name) == seen.containsKey(name);
      if (same && now.containsKey(name) && now.get(name).equals(seen.get(name))) {
        settled.put(name, found.get(name));
      } else if (!same || now.containsKey(name)) {
        RouteFile before = last.files().get(name);
        if (before == null) {
          unsettled.add(name);
        } else {
          settled.put(name, before);
        }
      }
    }
    seen = now;
    last = new Scan(Map.copyOf(settled), Map.copyOf(wrong), Set.copyOf(unsettled));
  }

  /**
   * Makes a route file of a name and bytes.
   *
   * @throws KibanException (refused) if the name is none of a route file, or it is too large
   */
  public RouteFile file(String fileName, byte[] content) {
    RouteFile file =
        RouteFile.of(code, fileName, content)
            .orElseThrow(
                () -> new KibanException(Outcome.REFUSED, RouteMessage.WRONG_NAME, fileName));
    if (content.length > MOST_BYTES) {
      throw new KibanException(Outcome.REFUSED, RouteMessage.TOO_LARGE, fileName, MOST_BYTES);
    }
    return file;
  }

  /** What counted at the last scan, or was put down since. */
  public synchronized Scan last() {
    return last;
  }

  /**
   * Puts a file down, in place of another of that name in either format. It counts at once.
   *
   * @throws KibanException if it cannot be written
   */
  public synchronized void put(RouteFile file) {
    try {
      Files.createDirectories(folder);
      files.write(folder.resolve(file.fileName()), out -> out.write(file.content()));
      for (Format other : Format.values()) {
        if (other != file.format()) {
          files.delete(folder.resolve(file.name() + other.ending()));
        }
      }
    } catch (IOException e) {
      throw notWritten(e, file.fileName());
    }
    count(file.name(), file);
  }

  /**
   * Takes a file away, in either format. That counts at once.
   *
   * @throws KibanException if it cannot be removed
   */
  public synchronized void delete(String name) {
    try {
      for (Format format : List.of(Format.values())) {
        if (Files.isDirectory(folder)) {
          files.delete(folder.resolve(name + format.ending()));
        }
      }
    } catch (IOException e) {
      throw notWritten(e, name);
    }
    count(name, null);
  }

  private void count(String name, RouteFile file) {
    Map<String, String> digests = new HashMap<>(seen);
    Map<String, RouteFile> now = new TreeMap<>(last.files());
    Map<String, KibanException> wrong = new TreeMap<>(last.wrong());
    Set<String> unsettled = new HashSet<>(last.unsettled());
    wrong.remove(name);
    unsettled.remove(name);
    if (file == null) {
      digests.remove(name);
      now.remove(name);
    } else {
      digests.put(name, file.digest());
      now.put(name, file);
    }
    seen = digests;
    last = new Scan(Map.copyOf(now), Map.copyOf(wrong), Set.copyOf(unsettled));
  }

  private static KibanException notWritten(IOException e, String file) {
    return new KibanException(e, Outcome.FAILED, RouteMessage.NOT_WRITTEN, file, e.getMessage());
  }
}
