package org.kiban.addon.pack;

import java.util.List;

/**
 * What an add-on asks for in {@code addon.yaml}, or what a vendor's key may grant. In an add-on
 * each value means itself; in a grant one that ends with {@code *} stands for all that begin like
 * it, and ports may be ranges.
 *
 * @param pids configuration PIDs that its components read
 * @param ports TCP ports that it listens on, {@code 9410}; in a grant also {@code 9400-9499}
 * @param addresses broker addresses without the municipality in front
 * @param folders absolute paths outside its own data folder that it reads or writes
 * @param capabilities capabilities of the node that it needs, for example {@code exchange}
 */
public record Permissions(
    List<String> pids,
    List<String> ports,
    List<String> addresses,
    List<String> folders,
    List<String> capabilities) {

  /** Nothing. */
  static final Permissions NONE =
      new Permissions(List.of(), List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Permissions {
    pids = List.copyOf(pids);
    ports = List.copyOf(ports);
    addresses = List.copyOf(addresses);
    folders = List.copyOf(folders);
    capabilities = List.copyOf(capabilities);
  }
}
