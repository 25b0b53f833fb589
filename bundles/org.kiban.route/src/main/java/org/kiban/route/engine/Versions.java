package org.kiban.route.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.storage.DurableFiles;
import org.kiban.route.RouteFile;
import org.kiban.route.engine.Past.Version;

/**
 * The bytes of versions: those in force and before, to go back to, and those that were refused or
 * failed, for whoever asks why. Safe for any thread.
 */
final class Versions {

  private final MunicipalityCode code;
  private final Path root;
  private final DurableFiles files;

  /**
   * @param root the routes' directory of the municipality
   */
  Versions(MunicipalityCode code, Path root, DurableFiles files) {
    this.code = code;
    this.root = root;
    this.files = files;
  }

  void save(RouteFile file) throws IOException {
    Path target = path(file.name(), new Version(file.digest(), file.format()));
    if (!Files.exists(target)) {
      Files.createDirectories(target.getParent());
      files.write(target, out -> out.write(file.content()));
    }
  }

  /**
   * Reads a version back.
   *
   * @throws IOException if it is not there or not what was saved
   */
  RouteFile load(String name, Version version) throws IOException {
    byte[] content = Files.readAllBytes(path(name, version));
    RouteFile file = new RouteFile(code, name, version.format(), content);
    if (!file.digest().equals(version.digest())) {
      throw new IOException(path(name, version).getFileName() + " was changed");
    }
    return file;
  }

  /** Deletes what nobody goes back to any more. */
  void tidy(String name, Past past) throws IOException {
    Set<Path> wanted =
        past.good().stream().map(v -> path(name, v).getFileName()).collect(Collectors.toSet());
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root.resolve("versions/" + name))) {
      for (Path one : all) {
        if (!wanted.contains(one.getFileName())) {
          files.delete(one);
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing was ever saved.
    }
  }

  /** Keeps a version that was not taken, with the reason beside it. */
  void quarantine(RouteFile file, String reason) throws IOException {
    Path directory = Files.createDirectories(root.resolve("quarantine"));
    String name = file.name() + "-" + file.digest().substring(0, 12);
    files.write(directory.resolve(name + file.format().ending()), out -> out.write(file.content()));
    byte[] text = (reason + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    files.write(directory.resolve(name + ".reason.txt"), out -> out.write(text));
  }

  private Path path(String name, Version version) {
    return root.resolve("versions/" + name).resolve(version.digest() + version.format().ending());
  }
}
