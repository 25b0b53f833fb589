package org.kiban.addon.pack;

import java.util.List;

/** Names of others: of the node, its libraries and Java. */
final class Reserved {

  private static final List<String> NAMES =
      List.of(
          "org.kiban",
          "org.osgi",
          "org.apache",
          "org.eclipse",
          "org.ops4j",
          "org.bouncycastle",
          "org.slf4j",
          "org.jline",
          "org.h2",
          "org.postgresql",
          "org.snakeyaml",
          "org.yaml",
          "org.objectweb",
          "org.w3c",
          "org.xml",
          "org.ietf",
          "com.fasterxml",
          "com.h2database",
          "com.sun",
          "com.zaxxer",
          "com.networknt",
          "com.ethlo",
          "java",
          "javax",
          "jakarta",
          "jdk",
          "sun");

  /** Classes that only the node and Java have: whoever brings copies wants to be taken for them. */
  private static final List<String> CLASSES =
      List.of("org/kiban/", "org/osgi/", "org/apache/karaf/", "org/apache/felix/", "java/", "jdk/");

  private Reserved() {}

  /** Tells whether a name is reserved, lies below a reserved one or would hold one. */
  static boolean name(String name) {
    return NAMES.stream()
        .anyMatch(r -> name.equals(r) || name.startsWith(r + ".") || r.startsWith(name + "."));
  }

  /** Tells whether a path of a jar is that of a class or resource of the node or of Java. */
  static boolean path(String path) {
    String plain = path.replaceFirst("^META-INF/versions/\\d+/", "");
    return CLASSES.stream().anyMatch(plain::startsWith);
  }
}
