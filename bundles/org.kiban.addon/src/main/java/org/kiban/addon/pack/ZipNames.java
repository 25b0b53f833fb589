package org.kiban.addon.pack;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names of the entries of one archive: none that leaves the folder it is unpacked to, on any
 * system, and no two that some file system takes for one. Used by one thread.
 */
final class ZipNames {

  private static final int LONGEST = 512;

  private final Map<String, String> entries = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();

  /** Adds a name. */
  void add(String name) {
    check(name);
    boolean folder = name.endsWith("/");
    String path = fold(folder ? name.substring(0, name.length() - 1) : name);
    String clash = entries.putIfAbsent(path, name);
    if (clash == null && !folder) {
      clash = parents.get(path);
    }
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/')) {
      path = path.substring(0, slash);
      parents.putIfAbsent(path, name);
      String above = entries.get(path);
      if (above != null && !above.endsWith("/")) {
        clash = above;
      }
    }
    if (clash != null) {
      throw PackMessage.DUPLICATE.refuse(name, clash);
    }
  }

  private static String fold(String name) {
    return Normalizer.normalize(
        Normalizer.normalize(name, Normalizer.Form.NFKC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT),
        Normalizer.Form.NFC);
  }

  private static void check(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      throw wrong(name, "empty or longer than " + LONGEST, "空か、" + LONGEST + " 文字を超えています");
    }
    if (name.startsWith("/") || name.matches("(?s)[A-Za-z]:.*")) {
      throw wrong(name, "absolute", "絶対パスです");
    }
    if (name.codePoints().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
      throw wrong(name, "a backslash or a control character", "逆斜線か制御文字を含みます");
    }
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw wrong(name, "it leaves its folder, or has an empty part", "フォルダの外を指すか、空の要素があります");
      }
    }
  }

  private static RuntimeException wrong(String name, String en, String ja) {
    return PackMessage.WRONG_NAME.refuse(name, Why.of(en, ja));
  }
}
