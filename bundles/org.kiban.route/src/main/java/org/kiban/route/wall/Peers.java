package org.kiban.route.wall;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.Partner;
import org.kiban.core.Partners;

/**
 * The hosts that routes of one municipality may connect to: those that its partners declare, each
 * with its port. Asked anew at every use, so that a partner that was removed is out of reach at
 * once.
 */
final class Peers {

  private static final Map<String, Integer> PORTS =
      Map.ofEntries(
          Map.entry("http", 80),
          Map.entry("https", 443),
          Map.entry("s3", 443),
          Map.entry("ftp", 21),
          Map.entry("ftps", 21),
          Map.entry("sftp", 22),
          Map.entry("smtp", 25),
          Map.entry("smtps", 465),
          Map.entry("imap", 143),
          Map.entry("imaps", 993),
          Map.entry("pop3", 110),
          Map.entry("pop3s", 995));

  private final MunicipalityCode code;
  private final Partners partners;

  Peers(MunicipalityCode code, Partners partners) {
    this.code = code;
    this.partners = partners;
  }

  /**
   * Sees to it that a connection may be made.
   *
   * @param scheme gives the port if none is given
   * @param host a name or an address, as the route writes it
   * @param port 0 or less for the scheme's own
   * @throws KibanException (refused) if no partner declares it
   */
  void require(String scheme, String host, int port) {
    String peer = peer(scheme, host, port);
    if (!declared().contains(peer)) {
      throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_PEER, peer, code);
    }
  }

  private Set<String> declared() {
    Set<String> peers = new HashSet<>();
    for (Partner partner : partners.all(code)) {
      partner
          .endpoints()
          .forEach(
              (use, address) ->
                  uri(use, address)
                      .ifPresent(u -> peers.add(peer(u.getScheme(), u.getHost(), u.getPort()))));
    }
    return peers;
  }

  /**
   * What the registry says of a partner.
   *
   * @param asked {@code <id>.<endpoint>} for the address as declared, or with {@code .host}, {@code
   *     .port} or {@code .path} after it; {@code <id>.host} if all its endpoints have one host
   * @throws KibanException (refused) if there is no such partner or endpoint
   */
  String placeholder(String asked) {
    String[] parts = asked.split("\\.", 2);
    Optional<String> found =
        parts.length < 2
            ? Optional.empty()
            : partners.find(code, parts[0]).flatMap(partner -> detail(partner, parts[1]));
    return found.orElseThrow(
        () -> new KibanException(Outcome.REFUSED, WallMessage.NO_PARTNER, asked, code));
  }

  private static Optional<String> detail(Partner partner, String asked) {
    Map<String, String> endpoints = partner.endpoints();
    if (endpoints.containsKey(asked)) {
      return Optional.of(endpoints.get(asked));
    }
    if (asked.equals("host")) {
      Set<String> hosts =
          endpoints.entrySet().stream()
              .flatMap(e -> uri(e.getKey(), e.getValue()).stream())
              .map(URI::getHost)
              .collect(Collectors.toSet());
      return hosts.size() == 1 ? Optional.of(hosts.iterator().next()) : Optional.empty();
    }
    int dot = asked.lastIndexOf('.');
    String use = dot < 0 ? asked : asked.substring(0, dot);
    return Optional.ofNullable(endpoints.get(use))
        .flatMap(address -> uri(use, address))
        .map(
            uri ->
                switch (asked.substring(dot + 1)) {
                  case "host" -> uri.getHost();
                  case "port" -> String.valueOf(port(uri.getScheme(), uri.getPort()));
                  case "path" -> uri.getPath().replaceFirst("^/", "");
                  default -> null;
                });
  }

  /** An address without a scheme has that of its use, such as {@code sftp=10.0.0.5}. */
  private static Optional<URI> uri(String use, String address) {
    try {
      URI uri = new URI(address.contains("://") ? address : use + "://" + address);
      return Optional.of(uri).filter(u -> u.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String peer(String scheme, String host, int port) {
    return host.toLowerCase(Locale.ROOT) + ":" + port(scheme, port);
  }

  private static int port(String scheme, int port) {
    return port > 0 ? port : PORTS.getOrDefault(scheme.toLowerCase(Locale.ROOT), 0);
  }
}
