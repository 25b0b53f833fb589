package org.kiban.addon.swap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The TCP ports that this process listens on, as Linux knows them. */
final class Ports {

  private static final String LISTENING = "0A";
  private final Path process;

  Ports() {
    this(Path.of("/proc/self"));
  }

  Ports(Path process) {
    this.process = process;
  }

  /** Returns them; empty where the system does not tell. */
  Set<Integer> listening() {
    Set<Integer> ports = new TreeSet<>();
    try {
      Set<String> own = sockets();
      for (String table : List.of("net/tcp", "net/tcp6")) {
        Path file = process.resolve(table);
        if (Files.exists(file)) {
          Files.readAllLines(file).stream()
              .skip(1)
              .map(line -> line.strip().split("\\s+"))
              .filter(f -> f.length > 9 && f[3].equals(LISTENING) && own.contains(f[9]))
              .forEach(f -> ports.add(Integer.parseInt(f[1].substring(f[1].indexOf(':') + 1), 16)));
        }
      }
    } catch (IOException e) {
      return Set.of();
    }
    return ports;
  }

  private Set<String> sockets() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (IOException ignored) {
          // closed meanwhile
        }
      }
    }
    return inodes;
  }
}
