package org.kiban.platform.remote;

import java.util.List;

/**
 * A directory on an SFTP server, and how to get there.
 *
 * @param path absolute, or below the user's own directory
 * @param hostKeys fingerprints ({@code SHA256:…}, as {@code ssh-keygen -l} prints them) of the keys
 *     that the server may show; no other server is talked to
 */
public record SftpAddress(String user, String host, int port, String path, List<String> hostKeys) {

  @Override
  public String toString() {
    return "sftp://" + user + '@' + host + ':' + port + '/' + path;
  }
}
