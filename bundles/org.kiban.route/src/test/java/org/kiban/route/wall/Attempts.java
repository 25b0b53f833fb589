package org.kiban.route.wall;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Ways out that routes try, as {@code attempts.yaml} lists them. */
final class Attempts {

  private Attempts() {}

  /**
   * One attempt.
   *
   * @param name what it tries
   * @param route the file
   * @param xml whether it is in XML
   * @param headers of the message that is sent to it
   * @param code what it must be refused with, or null
   */
  record Attempt(
      String name, String route, boolean xml, Map<String, String> headers, WallMessage code) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Attempt> all() {
    try (InputStream in = Attempts.class.getResourceAsStream("attempts.yaml")) {
      List<?> entries = (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return entries.stream().map(entry -> attempt((Map<?, ?>) entry)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Attempt attempt(Map<?, ?> entry) {
    String step = (String) entry.get("step");
    String route =
        step == null
            ? (String) entry.get("route")
            : "- route: {from: {uri: 'direct:in', steps: [{" + step + "}]}}\n";
    Map<String, String> headers = new java.util.TreeMap<>();
    Optional.ofNullable((Map<?, ?>) entry.get("headers"))
        .ifPresent(map -> map.forEach((name, value) -> headers.put((String) name, (String) value)));
    WallMessage code =
        Optional.ofNullable((String) entry.get("code")).map(WallMessage::valueOf).orElse(null);
    return new Attempt((String) entry.get("name"), route, entry.containsKey("xml"), headers, code);
  }
}
