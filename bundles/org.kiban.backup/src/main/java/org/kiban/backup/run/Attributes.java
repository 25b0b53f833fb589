package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kiban.backup.tree.Node;
import org.kiban.backup.tree.Posix;
import org.kiban.backup.tree.Stat;

/** Sets owner, permissions, extended attributes and times, in the order in which they last. */
final class Attributes {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private Attributes() {}

  static void apply(Path path, Node.Meta meta) throws IOException {
    IOException first = null;
    try {
      owner(path, meta);
    } catch (IOException e) {
      first = e;
    }
    if (meta.type() != Node.Type.SYMLINK) {
      Files.setAttribute(path, "unix:mode", Stat.permissions(meta.mode()));
    }
    for (Node.Attribute attribute : meta.attributes()) {
      try {
        Posix.set(path, attribute);
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    Posix.times(path, meta.atime(), meta.mtime());
    if (first != null) {
      throw first;
    }
  }

  /** Only the superuser gives files away; for others the owner is who restores. */
  private static void owner(Path path, Node.Meta meta) throws IOException {
    if (ROOT) {
      Posix.owner(path, meta.uid(), meta.gid());
    }
  }
}
