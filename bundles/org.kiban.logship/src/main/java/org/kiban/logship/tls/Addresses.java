package org.kiban.logship.tls;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.logship.Declaration;

/** Reads who and where out of declarations. */
public final class Addresses {

  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s/\\[\\]]+):([0-9]{1,5})");
  private static final int LAST_PORT = 65_535;

  private Addresses() {}

  /**
   * A host and port, not resolved.
   *
   * @throws org.kiban.core.KibanException if it is missing or wrong
   */
  public static InetSocketAddress of(Declaration declaration, String key) {
    Matcher address = ADDRESS.matcher(declaration.require(key));
    if (!address.matches() || Integer.parseInt(address.group(2)) > LAST_PORT) {
      throw declaration.bad(key, "<host>:<port>");
    }
    return InetSocketAddress.createUnresolved(address.group(1), Integer.parseInt(address.group(2)));
  }

  /**
   * The peer that {@code peer=} names; without it the one that is called as the declaration is.
   *
   * @throws org.kiban.core.KibanException if the name cannot be used
   */
  public static Peer peer(Declaration declaration, Path etc) {
    try {
      return Peer.of(etc, declaration.find("peer").orElse(declaration.name()));
    } catch (IllegalArgumentException e) {
      throw declaration.bad("peer", "a-z 0-9 . -");
    }
  }
}
