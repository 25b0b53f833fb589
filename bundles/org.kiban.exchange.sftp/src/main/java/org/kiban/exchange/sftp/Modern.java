package org.kiban.exchange.sftp;

import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.server.SshServer;

/** The algorithms that are offered, as the operators' own SSH of the node has them. */
final class Modern {

  private static final List<String> KEX = List.of("curve25519-", "ecdh-", "sntrup", "mlkem");
  private static final List<String> CIPHERS =
      List.of("aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes128-ctr");

  private Modern() {}

  static void only(SshServer ssh) {
    ssh.setKeyExchangeFactories(
        ssh.getKeyExchangeFactories().stream()
            .filter(f -> KEX.stream().anyMatch(f.getName()::startsWith))
            .toList());
    ssh.setCipherFactories(kept(ssh.getCipherFactories(), CIPHERS));
    ssh.setMacFactories(
        ssh.getMacFactories().stream().filter(f -> f.getName().startsWith("hmac-sha2-")).toList());
  }

  private static <T extends NamedResource> List<T> kept(List<T> all, List<String> names) {
    return all.stream().filter(f -> names.contains(f.getName())).toList();
  }
}
