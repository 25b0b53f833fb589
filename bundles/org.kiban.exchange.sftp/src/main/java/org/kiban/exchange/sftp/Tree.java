package org.kiban.exchange.sftp;

import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_NO_SUCH_FILE;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_PERMISSION_DENIED;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.InterfaceView;

/**
 * What one partner sees: {@code /in/<interface>/} of those that it provides, {@code
 * /out/<interface>/} of those that it consumes, and files in them. Names are resolved by their
 * text; nothing but these places is ever touched. Safe for any thread.
 */
final class Tree {

  static final String UNFINISHED = ".sftp";

  private static final String DIRECTORY = "directory";
  private static final int NAME_BYTES = 255;

  private final Path root;
  private final String partner;
  private final Supplier<List<InterfaceView>> interfaces;

  /** Kinds of places. */
  enum Kind {
    ROOT,
    IN,
    OUT,
    IN_LINE,
    OUT_LINE,
    IN_FILE,
    OUT_FILE
  }

  /**
   * A place.
   *
   * @param line the interface, or empty above those
   * @param name the file's name, or empty
   * @param path where it lies on the node; that of a file in {@code /in/} when it is complete
   */
  record Place(Kind kind, String line, String name, Path path) {

    /** Where an upload lies until it is whole. */
    Path unfinished() {
      return path.resolveSibling(UNFINISHED).resolve(name);
    }

    /** Where the file lies now. */
    Path now() {
      boolean partly = kind == Kind.IN_FILE && !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
      return partly ? unfinished() : path;
    }
  }

  /**
   * A partner's.
   *
   * @param root {@code <KIBAN_DATA>/<code>/exchange}
   */
  Tree(Path root, String partner, Supplier<List<InterfaceView>> interfaces) {
    this.root = root;
    this.partner = partner;
    this.interfaces = interfaces;
  }

  /** A path as the client should see it: absolute, without dots. */
  static String normal(String remote) throws Refused {
    return "/" + String.join("/", names(remote));
  }

  private static List<String> names(String remote) throws Refused {
    Deque<String> names = new ArrayDeque<>();
    for (String name : remote.split("/")) {
      if (name.equals("..")) {
        if (names.pollLast() == null) {
          throw new Refused(SSH_FX_PERMISSION_DENIED, "outside of your folders");
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return new ArrayList<>(names);
  }

  /** The place of a path. */
  Place resolve(String remote) throws IOException {
    List<String> names = names(remote);
    if (names.isEmpty()) {
      return new Place(Kind.ROOT, "", "", root);
    }
    boolean in = names.get(0).equals("in");
    if (!in && !names.get(0).equals("out") || names.size() > 3) {
      throw missing();
    }
    Path side = in ? root.resolve("in") : root.resolve("out").resolve(partner);
    if (names.size() == 1) {
      Files.createDirectories(side);
      return new Place(in ? Kind.IN : Kind.OUT, "", "", side);
    }
    String line = names.get(1);
    if (!lines(in).contains(line)) {
      throw missing();
    }
    Path folder = Files.createDirectories(side.resolve(line));
    if (names.size() == 2) {
      return new Place(in ? Kind.IN_LINE : Kind.OUT_LINE, line, "", folder);
    }
    String name = names.get(2);
    checkName(name);
    Place file = new Place(in ? Kind.IN_FILE : Kind.OUT_FILE, line, name, folder.resolve(name));
    if (Files.isSymbolicLink(file.now())) {
      throw new Refused(SSH_FX_PERMISSION_DENIED, "links are not followed");
    }
    return file;
  }

  private static Refused missing() {
    return new Refused(SSH_FX_NO_SUCH_FILE, "no such file or folder");
  }

  private static void checkName(String name) throws Refused {
    boolean bad =
        name.startsWith(".")
            || !Arrival.isNameFit(name)
            || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > NAME_BYTES;
    if (bad) {
      throw new Refused(SSH_FX_PERMISSION_DENIED, "this name is not taken");
    }
  }

  /** The interfaces that this partner has a folder of. */
  List<String> lines(boolean in) {
    return interfaces.get().stream()
        .filter(i -> in ? isProvided(i) : isConsumed(i))
        .map(InterfaceView::id)
        .toList();
  }

  private boolean isProvided(InterfaceView i) {
    return partner.equals(i.provider()) && DIRECTORY.equals(i.receives());
  }

  private boolean isConsumed(InterfaceView i) {
    return DIRECTORY.equals(i.ways().get(partner));
  }

  /** What lies in a folder; in {@code /in/} also what is not whole yet. */
  List<Path> list(Place folder) throws IOException {
    return switch (folder.kind()) {
      case ROOT ->
          List.of(
              Files.createDirectories(root.resolve("in")),
              Files.createDirectories(root.resolve("out")));
      case IN, OUT -> made(folder);
      case IN_LINE -> {
        List<Path> all = new ArrayList<>(files(folder.path()));
        all.addAll(files(folder.path().resolve(UNFINISHED)));
        yield all;
      }
      case OUT_LINE -> files(folder.path());
      default -> throw new java.nio.file.NotDirectoryException(folder.name());
    };
  }

  private List<Path> made(Place side) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String line : lines(side.kind() == Kind.IN)) {
      folders.add(Files.createDirectories(side.path().resolve(line)));
    }
    return folders;
  }

  /** Regular files that are not hidden. */
  static List<Path> files(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return Collections.emptyList();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        if (!file.getFileName().toString().startsWith(".")
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(file);
        }
      }
    }
    return files;
  }
}
