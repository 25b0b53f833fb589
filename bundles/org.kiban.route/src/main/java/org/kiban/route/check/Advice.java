package org.kiban.route.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.route.RouteFile;
import org.kiban.route.wall.WallMessage;

/** Traps that a route may step into without being wrong. */
final class Advice {

  private static final Pattern BARE_SECRET = Pattern.compile("\\{\\{secret:([a-z0-9-]+)}}");
  private static final Set<String> URIS = Set.of("uri", "to", "from", "toD", "wireTap");

  private Advice() {}

  static List<Finding> of(RouteFile file, Element root) {
    List<Finding> advice = new ArrayList<>();
    boolean jms =
        root.all().anyMatch(e -> URIS.contains(e.name()) && e.text().matches("s?jms2?:.*"));
    root.all()
        .forEach(
            element -> {
              if (URIS.contains(element.name())) {
                uri(file, element, element.text(), advice);
              }
              parameters(file, element, advice);
              if (jms && element.name().equals("setHeader")) {
                header(file, element, advice);
              }
              if (element.name().equals("log") && logged(element).matches("(?s).*\\$\\{body.*")) {
                advice.add(Placed.at(file, element.line(), WallMessage.BODY_IN_LOG));
              }
            });
    return advice;
  }

  private static String logged(Element log) {
    return log.text() + log.child("message");
  }

  private static void uri(RouteFile file, Element at, String uri, List<Finding> advice) {
    if (uri.startsWith("file:") && uri.contains("charset=")) {
      advice.add(Placed.at(file, at.line(), WallMessage.STICKY_CHARSET));
    }
    if (uri.contains("readLock=changed")) {
      advice.add(Placed.at(file, at.line(), WallMessage.SLOW_READ_LOCK));
    }
    if (uri.startsWith("seda:")) {
      advice.add(Placed.at(file, at.line(), WallMessage.ONLY_IN_MEMORY, "seda"));
    }
    Matcher secret = BARE_SECRET.matcher(uri);
    while (secret.find()) {
      if (!uri.substring(0, secret.start()).matches("(?s).*RAW[({]")) {
        advice.add(Placed.at(file, at.line(), WallMessage.BARE_SECRET, secret.group(1)));
      }
    }
  }

  /** The options of an endpoint, where they stand apart from its URI. */
  private static void parameters(RouteFile file, Element element, List<Finding> advice) {
    String uri = element.child("uri");
    for (Element parameters : element.children()) {
      if (parameters.name().equals("parameters")) {
        StringBuilder whole = new StringBuilder(uri).append('?');
        parameters
            .children()
            .forEach(p -> whole.append(p.name()).append('=').append(p.text()).append('&'));
        uri(file, parameters, whole.toString(), advice);
      }
    }
    String scheme = uri.isEmpty() ? element.text() : uri;
    boolean checked =
        scheme.contains("knownHosts")
            || element.children().stream()
                .flatMap(p -> p.children().stream())
                .anyMatch(p -> p.name().startsWith("knownHosts"));
    if (scheme.startsWith("sftp:") && !checked && !element.name().equals("uri")) {
      advice.add(Placed.at(file, element.line(), WallMessage.UNKNOWN_HOST_KEY));
    }
  }

  private static void header(RouteFile file, Element step, List<Finding> advice) {
    String name = step.child("name");
    if (name.startsWith("Camel") || name.matches(".*[.-].*")) {
      advice.add(Placed.at(file, step.line(), WallMessage.HEADERS_OVER_JMS));
    }
  }
}
