package org.kiban.exchange.sftp;

import java.util.List;

/**
 * What an operator sees of the SFTP server.
 *
 * @param address where it listens
 * @param fingerprint of its key, as {@code ssh-keygen -l} prints it
 * @param knownHost the key as a line of partners' {@code known_hosts}, without the host's name
 * @param users the partners that have a key or a password
 */
public record DoorStatus(
    String address, String fingerprint, String knownHost, List<DoorUser> users) {

  /**
   * A partner.
   *
   * @param user by which it logs in
   * @param keys fingerprints of its keys
   * @param password whether it has one
   * @param sessions how many are open
   * @param brings interfaces that it provides over SFTP
   * @param fetches interfaces that it consumes over SFTP
   */
  public record DoorUser(
      String user,
      List<String> keys,
      boolean password,
      int sessions,
      List<String> brings,
      List<String> fetches) {}
}
