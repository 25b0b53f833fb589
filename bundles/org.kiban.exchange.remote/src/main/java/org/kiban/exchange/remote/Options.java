package org.kiban.exchange.remote;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.kiban.core.Partner;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.kiban.exchange.api.Endpoint;
import org.kiban.platform.remote.Bandwidth;
import org.kiban.platform.remote.Throttle;
import org.kiban.platform.remote.Waits;

/** What a declaration says of one end, read with the registry's and the secrets' help. */
record Options(Endpoint endpoint, String type, Partners partners, Secrets secrets) {

  private static final Set<String> COMMON =
      Set.of("url", "secret", "proxy", "kib-per-second", "poll-seconds", "after");

  /** Refuses options that there are not. */
  void check(Set<String> own) {
    Set<String> known = new TreeSet<>(COMMON);
    known.addAll(own);
    known.addAll(Whole.OPTIONS);
    for (String option : endpoint.options().keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException(
            option + ": unknown option of transport " + type + "; known are " + known);
      }
    }
  }

  String text(String name, String otherwise) {
    return endpoint.options().getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    try {
      int value = Integer.parseInt(text(name, Integer.toString(otherwise)));
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(name + ": not a whole number: " + text(name, ""));
  }

  /** The declared place, or the one that the registry has for the partner. */
  String url() {
    String registered =
        partners
            .find(endpoint.municipality(), endpoint.system())
            .map(Partner::endpoints)
            .map(e -> e.get(type))
            .orElse("");
    String url = text("url", registered);
    if (url.isEmpty()) {
      throw new IllegalArgumentException(
          "url: missing; give it, or the endpoint "
              + type
              + " of partner "
              + endpoint.system()
              + " in the registry");
    }
    return url;
  }

  /** The secret's value, now. */
  String secret() throws IOException {
    String name =
        text("secret", type + "-to-" + endpoint.system().toLowerCase(java.util.Locale.ROOT));
    return secrets
        .find(endpoint.municipality(), name)
        .orElseThrow(
            () ->
                new IOException(
                    "there is no secret "
                        + name
                        + "; store it: secret:create "
                        + endpoint.municipality()
                        + " "
                        + name));
  }

  /** What becomes of a file on the other side that was taken in. */
  boolean keeps() {
    String after = text("after", "delete");
    if (!Set.of("delete", "keep").contains(after)) {
      throw new IllegalArgumentException("after: not delete or keep: " + after);
    }
    return after.equals("keep");
  }

  Throttle throttle() {
    long rate = number("kib-per-second", 0) * 1024L;
    List<Bandwidth.Window> always =
        List.of(new Bandwidth.Window(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, rate));
    return new Bandwidth(always, Clock.systemUTC(), ZoneId.systemDefault(), Waits::pause);
  }
}
