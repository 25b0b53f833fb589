package org.kiban.itests.addon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kiban.itests.Distribution;
import org.kiban.itests.Shell;

/** A supplier's update repository, made with the tool that suppliers have. */
public final class UpdateRepository {

  private static final Path TOOL =
      Path.of(System.getProperty("kiban.sources"))
          .resolve("bundles/org.kiban.update.tool/target")
          .resolve("org.kiban.update.tool-" + System.getProperty("kiban.version") + ".jar");

  private final Path folder;
  private final Path keys;

  /** Makes one in a folder, which is emptied first. */
  public UpdateRepository(Path place) throws IOException {
    Distribution.delete(place);
    folder = place.resolve("リポジトリ");
    keys = Files.createDirectories(place.resolve("keys"));
    for (String key : List.of("root", "targets", "online")) {
      tool("keygen", key(key));
    }
    tool(
        "init",
        folder.toString(),
        "--root",
        key("root"),
        "--targets",
        key("targets"),
        "--snapshot",
        key("online"),
        "--timestamp",
        key("online"));
  }

  private String key(String name) {
    return keys.resolve(name + ".pem").toString();
  }

  private static String tool(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                TOOL.toString()));
    command.addAll(List.of(words));
    return Shell.run(command).expect(0).out();
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** What operators trust. */
  public String anchor() throws IOException {
    return Files.readString(folder.resolve("metadata/1.root.json"));
  }

  /** Offers an add-on. */
  void offer(Path kar, String version, String lane) {
    offer(kar, "addon", AddonFactory.ID, version, lane);
  }

  /** Offers anything. */
  public void offer(Path file, String kind, String id, String version, String lane) {
    tool(
        "add",
        folder.toString(),
        file.toString(),
        "--kind",
        kind,
        "--id",
        id,
        "--version",
        version,
        "--lane",
        lane,
        "--ja",
        "修正",
        "--targets",
        key("targets"));
    tool("publish", folder.toString(), "--snapshot", key("online"), "--timestamp", key("online"));
  }

  /** A copy as it is now. */
  Path copy(String name) throws IOException {
    Path to = folder.resolveSibling(name);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(folder.relativize(file).toString()));
      }
    }
    return to;
  }
}
