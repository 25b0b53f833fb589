package org.kiban.time;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * One declared time server.
 *
 * @param name what operators call it
 * @param host its address, or a name that this machine resolves
 * @param port its UDP port
 * @param nts chrony is to authenticate it (RFC 8915)
 * @param smear how it treats leap seconds: {@code none}, or a word for its way of smearing. Nothing
 *     in the protocol tells, so it is declared.
 */
public record TimeSource(String name, String host, int port, boolean nts, String smear) {

  private static final int NTP_PORT = 123;
  private static final Pattern FORM =
      Pattern.compile(
          "(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,62})\\s+"
              + "(?:\\[(?<six>[0-9A-Fa-f:.]+)]|(?<host>[A-Za-z0-9][A-Za-z0-9.-]{0,252}))"
              + "(?::(?<port>\\d{1,5}))?(?<nts>\\s+nts)?(?:\\s+smear=(?<smear>[a-z0-9-]{1,20}))?");

  /**
   * Reads what is declared.
   *
   * @param lines each {@code name host[:port] [nts] [smear=word]}; an IPv6 address in brackets
   * @throws KibanException if one cannot be read, two have one name, or they treat leap seconds
   *     differently: between them would lie up to a second, and nobody could tell who is right
   */
  static List<TimeSource> parse(String... lines) {
    List<TimeSource> sources = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String line : lines) {
      TimeSource source = parse(line);
      if (!names.add(source.name)) {
        throw bad(line);
      }
      if (!source.smear.equals(sources.isEmpty() ? source.smear : sources.get(0).smear)) {
        throw new KibanException(
            Outcome.REFUSED,
            TimeCode.MIXED_SMEAR,
            source.name,
            source.smear,
            sources.get(0).name,
            sources.get(0).smear);
      }
      sources.add(source);
    }
    return List.copyOf(sources);
  }

  private static TimeSource parse(String line) {
    Matcher m = FORM.matcher(line.strip());
    if (!m.matches()) {
      throw bad(line);
    }
    int port = m.group("port") == null ? NTP_PORT : Integer.parseInt(m.group("port"));
    if (port < 1 || port > 65_535) {
      throw bad(line);
    }
    String host = m.group("host") == null ? m.group("six") : m.group("host");
    String smear = m.group("smear") == null ? "none" : m.group("smear");
    return new TimeSource(m.group("name"), host, port, m.group("nts") != null, smear);
  }

  /** Where to ask. */
  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  private static KibanException bad(String line) {
    return new KibanException(Outcome.REFUSED, TimeCode.BAD_SOURCE, line);
  }
}
