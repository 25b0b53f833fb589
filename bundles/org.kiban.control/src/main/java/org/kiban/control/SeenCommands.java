package org.kiban.control;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;

/**
 * Commands that were there. One that is gone is mostly back in a moment: its capability takes over
 * a changed configuration or a new version, and whoever changed it asks at once how it went. Safe
 * for any thread.
 */
final class SeenCommands {

  private static final int LOOKS = 50;
  private static final long BETWEEN_MS = 100;

  /** Part a line into several commands, of which the first may have run. */
  private static final String SEVERAL = ";|&\n{(";

  /** The shell's own, which its bundle does not export. */
  private static final String NOT_FOUND = "CommandNotFoundException";

  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** How time passes between looks. */
  interface Pause {
    void pass(long ms) throws InterruptedException;
  }

  private final Pause pause;

  SeenCommands(Pause pause) {
    this.pause = pause;
  }

  /**
   * Waits at most 5 s until a command that was there before is there again.
   *
   * @param line a command line; its first word names the command
   */
  void await(Registry registry, String line) throws InterruptedException {
    String name = name(line);
    for (int look = 0; look < LOOKS && !isThere(registry, name) && seen.contains(name); look++) {
      pause.pass(BETWEEN_MS);
    }
  }

  /**
   * Whether a line failed only because its command went between the look and the call; then it was
   * waited for, and may be called once more.
   *
   * @param failure what the session threw
   */
  boolean isBack(Registry registry, String line, Exception failure) throws InterruptedException {
    boolean single = line.chars().noneMatch(c -> SEVERAL.indexOf(c) >= 0);
    boolean gone = failure.getClass().getSimpleName().equals(NOT_FOUND);
    if (!single || !gone || !seen.contains(name(line))) {
      return false;
    }
    pause.pass(BETWEEN_MS);
    await(registry, line);
    return isThere(registry, name(line));
  }

  private static String name(String line) {
    return line.strip().split("\\s", 2)[0];
  }

  private boolean isThere(Registry registry, String name) {
    for (Command command : registry.getCommands()) {
      seen.add(command.getScope() + ":" + command.getName());
    }
    int colon = name.indexOf(':');
    return colon < 0
        || registry.getCommand(name.substring(0, colon), name.substring(colon + 1)) != null;
  }
}
