package org.kiban.addon.pack;

import java.util.Set;
import java.util.regex.Pattern;

/** Where what lies in a package, and that nothing else is in it. */
final class Layout {

  static final String LICENSE = "LICENSE";
  private static final String REPOSITORY = "repository/";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._+/-]+");
  private static final Set<String> TOP =
      Set.of(
          AddonManifest.PATH,
          LICENSE,
          "NOTICE",
          "README.md",
          BillOfMaterials.PATH,
          EntryList.PATH,
          Seal.PATH);

  private Layout() {}

  static boolean bundle(String path) {
    return path.startsWith(REPOSITORY) && path.endsWith(".jar");
  }

  static boolean feature(String path) {
    return path.startsWith(REPOSITORY) && path.endsWith("-features.xml");
  }

  static void check(ZipMember member) {
    String path = member.name();
    boolean known = TOP.contains(path) || bundle(path) || feature(path);
    if (member.folder() || !known || !PLAIN.matcher(path).matches()) {
      throw PackMessage.FORBIDDEN_ENTRY.refuse(path);
    }
  }
}
