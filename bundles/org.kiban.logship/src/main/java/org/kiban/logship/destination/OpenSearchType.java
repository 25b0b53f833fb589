package org.kiban.logship.destination;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.keys.Secrets;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.core.storage.DurableFiles;
import org.kiban.logship.Declaration;
import org.kiban.logship.LogCode;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.DestinationType;
import org.kiban.logship.tls.Addresses;
import org.kiban.logship.tls.Peer;

/** {@code type=opensearch}: {@code _bulk} over mutual TLS. */
public final class OpenSearchType implements DestinationType {

  private final NodePaths paths;
  private final TlsIdentity identity;
  private final Secrets secrets;
  private final DurableFiles files;

  /** Takes what the node is. */
  public OpenSearchType(
      NodePaths paths, TlsIdentity identity, Secrets secrets, DurableFiles files) {
    this.paths = paths;
    this.identity = identity;
    this.secrets = secrets;
    this.files = files;
  }

  @Override
  public String name() {
    return "opensearch";
  }

  @Override
  public Destination open(MunicipalityCode code, Declaration declaration, Path directory) {
    declaration.only(Set.of("type", "url", "peer", "index", "user", "secret"));
    Peer peer = Addresses.peer(declaration, paths.etc());
    String prefix = declaration.find("index").orElse("kiban-" + code);
    if (!prefix.matches("[a-z0-9][a-z0-9_.-]{0,99}")) {
      throw declaration.bad("index", "a-z 0-9 _ . -");
    }
    return new OpenSearchDestination(
        url(declaration),
        () -> peer.context(identity),
        () -> declaration.find("user").map(user -> basic(code, declaration, user)),
        new Bulk(code, paths.nodeName(), prefix),
        new DeadLetters(dead(code, declaration), files));
  }

  /** One place, whether the node's own events were refused or such that it passes on. */
  private Path dead(MunicipalityCode code, Declaration declaration) {
    return paths
        .municipalityDirectory(code, "logship")
        .resolve("dead-letters")
        .resolve(declaration.name());
  }

  private static URI url(Declaration declaration) {
    String url = declaration.require("url");
    if (!url.matches("https://[^\\s?#@]+")) {
      throw declaration.bad("url", "https://<host>[:<port>][/<path>]");
    }
    try {
      return URI.create(url.endsWith("/") ? url : url + '/');
    } catch (IllegalArgumentException e) {
      throw declaration.bad("url", "https://<host>[:<port>][/<path>]");
    }
  }

  private String basic(MunicipalityCode code, Declaration declaration, String user) {
    String secret = declaration.require("secret");
    String password =
        secrets
            .find(code, secret)
            .orElseThrow(() -> new KibanException(Outcome.FAILED, LogCode.NO_SECRET, code, secret));
    byte[] both = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }
}
