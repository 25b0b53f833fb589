package org.kiban.time.chrony;

import java.util.List;

/**
 * chrony's configuration from the declared sources. The operator includes it; chrony sets the
 * clock.
 */
public final class ChronyConfig {

  private ChronyConfig() {}

  /**
   * One server.
   *
   * @param host its address or name
   * @param port its UDP port
   * @param nts whether it is authenticated by NTS
   */
  public record Server(String host, int port, boolean nts) {}

  /**
   * The text.
   *
   * @param servers in the order of declaration
   * @param slewPpm the fastest that chrony may turn the clock: the node's promise counts on it
   */
  public static String text(List<Server> servers, int slewPpm) {
    StringBuilder text =
        new StringBuilder(
            "# From etc/org.kiban.time.node.cfg.json; do not edit, it is rewritten.\n");
    for (Server s : servers) {
      text.append("server ").append(s.host());
      text.append(s.port() == 123 ? "" : " port " + s.port());
      text.append(" iburst").append(s.nts() ? " nts" : "").append('\n');
    }
    // A step at start only; afterwards the clock is turned slowly, so that no stamp is passed
    // twice.
    text.append("makestep 1.0 3\n");
    text.append("maxslewrate ").append(slewPpm).append('\n');
    text.append("minsources ").append(servers.size() / 2 + 1).append('\n');
    text.append("rtcsync\n");
    return text.toString();
  }
}
