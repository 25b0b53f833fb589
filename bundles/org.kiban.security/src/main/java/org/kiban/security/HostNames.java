package org.kiban.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names and addresses that the node's own certificate answers to. */
final class HostNames {

  // Not by DNS: in a closed network a look-up of one's own name may take many seconds.
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostNames() {}

  /**
   * Collects them; what cannot stand in a certificate (a name in Japanese) is left out.
   *
   * @param node the node's name
   * @param configured further names and addresses
   */
  static SortedSet<String> of(String node, String[] configured) {
    SortedSet<String> names = new TreeSet<>();
    names.add("localhost");
    names.add("127.0.0.1");
    names.add("0:0:0:0:0:0:0:1");
    Stream.concat(Stream.of(node, hostName()), Stream.of(configured))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(HostNames::isUsable)
        .forEach(names::add);
    return names;
  }

  private static boolean isUsable(String name) {
    return Certificates.isAddress(name)
        || name.matches("[a-z0-9]([a-z0-9-]{0,62})(\\.[a-z0-9]([a-z0-9-]{0,62}))*");
  }

  private static String hostName() {
    try {
      return Files.readString(KERNEL);
    } catch (IOException e) {
      return "localhost";
    }
  }
}
