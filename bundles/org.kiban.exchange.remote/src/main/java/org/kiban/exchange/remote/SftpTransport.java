package org.kiban.exchange.remote;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Transport;
import org.kiban.platform.remote.SftpAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Files on SFTP servers: {@code transport: sftp}. */
@Component(service = Transport.class, configurationPid = "org.kiban.exchange.remote")
@Designate(ocd = RemoteSettings.class)
public final class SftpTransport extends RemoteTransport {

  private static final int PORT = 22;

  private final Egress egress;
  private final DurableFiles files;

  /** Connects to nothing yet. */
  @Activate
  public SftpTransport(
      RemoteSettings settings,
      @Reference Partners partners,
      @Reference Secrets secrets,
      @Reference DurableFiles files) {
    super("sftp", Set.of("host-key"), false, partners, secrets, files);
    this.egress = Egress.of(settings);
    this.files = files;
  }

  @Override
  Store store(Endpoint endpoint, Options options) throws IOException {
    SftpAddress address = address(options.url(), pinned(options.text("host-key", "")));
    egress.require(address.host(), address.port());
    return new SftpStore(
        address,
        options::secret,
        egress.proxyOf(options),
        options.throttle(),
        options.keeps(),
        endpoint.directory(),
        files);
  }

  private static SftpAddress address(String url, List<String> keys) {
    URI uri = URI.create(url);
    if (!"sftp".equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() == null) {
      throw new IllegalArgumentException("url: not sftp://user@host:port/path: " + url);
    }
    int port = uri.getPort() < 0 ? PORT : uri.getPort();
    String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/+$", "");
    return new SftpAddress(uri.getUserInfo(), uri.getHost(), port, path, keys);
  }

  /** Fingerprints of what is declared: those, or lines of a known_hosts file. */
  private static List<String> pinned(String text) {
    List<String> fingerprints = new ArrayList<>();
    for (String one : text.split("[,\n]")) {
      if (!one.isBlank()) {
        fingerprints.add(fingerprint(one.strip()));
      }
    }
    if (fingerprints.isEmpty()) {
      throw new IllegalArgumentException(
          "host-key: missing; give SHA256:… (ssh-keygen -l) or the server's line of known_hosts");
    }
    return fingerprints;
  }

  private static String fingerprint(String text) {
    if (text.matches("SHA256:[A-Za-z0-9+/]{43}")) {
      return text;
    }
    try {
      // A line may begin with the server's name.
      String key = text.replaceFirst("^.*?((ssh|ecdsa|sk)-[^ ]+ )", "$1");
      AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(key);
      return KeyUtils.getFingerPrint(
          BuiltinDigests.sha256, entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException("host-key: neither SHA256:… nor a key: " + text, e);
    }
  }
}
