package org.kiban.node.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Kind;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Facts on the container's configurations: a hash of each, over everything but secrets. */
final class ConfigurationFacts {

  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|passphrase|secret|token|credential|private.?key).*");

  /** Where a configuration came from is no part of what it says. */
  private static final Set<String> ORIGIN = Set.of("felix.fileinstall.filename", ".kiban.node");

  /** A number that only makes one version differ from the other. */
  private static final String CHANGE = "kiban.change";

  private final ConfigurationAdmin admin;

  ConfigurationFacts(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  Stream<Fact> facts() {
    try {
      Configuration[] all = admin.listConfigurations(null);
      Map<String, Fact> found = new TreeMap<>();
      for (Configuration configuration : all == null ? new Configuration[0] : all) {
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties != null) {
          String pid = configuration.getPid();
          // One that comes from a file is what operators make it by editing the file.
          boolean declared = ORIGIN.stream().anyMatch(k -> properties.get(k) != null);
          found.put(pid, new Fact(Kind.CONFIGURATION, pid, "sha256=" + hash(properties), declared));
        }
      }
      return found.values().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter was given", e);
    }
  }

  private static String hash(Dictionary<String, Object> properties) {
    MessageDigest digest = Hashes.sha256();
    Collections.list(properties.keys()).stream()
        .filter(k -> !ORIGIN.contains(k) && !k.equals(CHANGE))
        .sorted()
        .map(k -> k + "=" + (SECRET.matcher(k).matches() ? "•" : text(properties.get(k))) + "\n")
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String text(Object value) {
    if (value.getClass().isArray()) {
      StringBuilder text = new StringBuilder("[");
      for (int i = 0; i < Array.getLength(value); i++) {
        text.append(i == 0 ? "" : ", ").append(Array.get(value, i));
      }
      return text.append(']').toString();
    }
    return value.toString();
  }
}
