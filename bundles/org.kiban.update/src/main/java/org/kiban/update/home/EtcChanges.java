package org.kiban.update.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kiban.core.Bilingual;
import org.kiban.core.Digests;

/**
 * What a new version changes in {@code etc/}: nothing of the operators' own. Files that are missing
 * are added, those of the program are replaced, and new defaults are only told.
 *
 * @param etc operators' configuration
 * @param home the version that runs
 * @param running what that one says of itself
 */
public record EtcChanges(Path etc, Path home, Program running) {

  private static final int MOST_LINES = 40;

  /** They belong to the node, whatever is shipped: {@code bin/kiban} leaves them as they are. */
  private static final Set<String> NODES = Set.of("users.properties", "keys.properties");

  /** What happens to a file. */
  public enum What implements Bilingual {
    /** It was not there. */
    ADDED("追加される", "added"),
    /** Its shipped content is new; the operator's stays as it is. */
    DEFAULT("既定値の変更（手元のファイルは変わりません）", "new default; yours stays"),
    /** It belongs to the program. */
    REPLACED("本体のファイルとして置き換え", "the program's, replaced"),
    /** It belongs to the program, but somebody has edited it. */
    EDITED("本体のファイル。手で加えた変更は失われます", "the program's; edits by hand are lost");

    private final Words words;

    What(String japanese, String english) {
      this.words = new Words(japanese, english);
    }

    @Override
    public Words words() {
      return words;
    }
  }

  /**
   * One change.
   *
   * @param file below etc/
   * @param what happens to it
   * @param lines that go ({@code -}) and come ({@code +}) in what is shipped
   */
  public record Change(String file, What what, List<String> lines) {

    /** Copies the list. */
    public Change {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Compares.
   *
   * @param next the new version
   * @param shipped its files, by path below etc/
   */
  List<Change> of(Program next, Map<String, byte[]> shipped) throws IOException {
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : shipped.entrySet()) {
      if (NODES.contains(file.getKey())) {
        continue;
      }
      Path here = etc.resolve(file.getKey());
      String before = listed(running, file.getKey());
      boolean isNew = !listed(next, file.getKey()).equals(before);
      if (!Files.exists(here)) {
        changes.add(new Change(file.getKey(), What.ADDED, List.of()));
      } else if (next.own().contains(file.getKey())) {
        String found = Digests.sha256(Files.readAllBytes(here));
        boolean edited = !found.equals(before) && !found.equals(listed(next, file.getKey()));
        if (isNew || edited) {
          What what = edited ? What.EDITED : What.REPLACED;
          changes.add(new Change(file.getKey(), what, List.of()));
        }
      } else if (isNew) {
        byte[] old = Files.readAllBytes(shipped(file.getKey()));
        changes.add(new Change(file.getKey(), What.DEFAULT, lines(old, file.getValue())));
      }
    }
    return changes;
  }

  /** As the running version shipped it; the operator's, where it lies in its place. */
  private Path shipped(String file) {
    Path pristine = home.resolve("etc").resolve(file);
    return Files.exists(pristine) ? pristine : etc.resolve(file);
  }

  private static String listed(Program program, String file) {
    Program.Listed listed = program.files().get("etc/" + file);
    return listed == null ? "" : listed.sha256();
  }

  private static List<String> lines(byte[] before, byte[] after) {
    List<String> old = text(before);
    List<String> fresh = text(after);
    List<String> lines = new ArrayList<>();
    subtract(old, fresh).forEach(l -> lines.add("- " + l.strip()));
    subtract(fresh, old).forEach(l -> lines.add("+ " + l.strip()));
    return lines.size() <= MOST_LINES ? lines : lines.subList(0, MOST_LINES);
  }

  private static List<String> text(byte[] content) {
    return Arrays.asList(new String(content, StandardCharsets.UTF_8).split("\\R"));
  }

  private static List<String> subtract(List<String> from, List<String> what) {
    List<String> left = new ArrayList<>(from);
    what.forEach(left::remove);
    left.removeIf(String::isBlank);
    return left;
  }
}
