package org.kiban.assembly;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The bill of materials in CycloneDX 1.6 JSON: every jar of the distribution, also those inside
 * other jars. It looks at the files as shipped, not at what the build meant to ship. No serial
 * number and no clock, so that it is reproducible.
 */
final class Sbom {

  private static final Pattern FILE_NAME = Pattern.compile("(.+?)-(\\d[\\w.\\-]*)\\.jar");

  private final Path root;
  private final String version;
  private final String timestamp;

  Sbom(Path root, String version, String timestamp) {
    this.root = root;
    this.version = version;
    this.timestamp = timestamp;
  }

  void write(Path file) throws IOException {
    List<String> components = new ArrayList<>();
    for (Path jar : jars()) {
      String place = root.relativize(jar).toString();
      components.addAll(describe(place, Files.readAllBytes(jar)));
    }
    String head =
        """
        {
          "bomFormat": "CycloneDX",
          "specVersion": "1.6",
          "version": 1,
          "metadata": {
            "timestamp": %s,
            "component": {"type": "application", "bom-ref": "kiban", "name": "kiban", "version": %s}
          },
          "components": [
        """
            .formatted(quote(timestamp), quote(version));
    Files.writeString(file, head + String.join(",\n", components) + "\n  ]\n}\n");
  }

  private List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String folder : List.of("lib", "system", "vendor")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
      }
    }
    jars.sort((a, b) -> root.relativize(a).toString().compareTo(root.relativize(b).toString()));
    return jars;
  }

  /** The jar's own entry and those of the jars within it. */
  private List<String> describe(String place, byte[] content) throws IOException {
    List<String> nested = new ArrayList<>();
    List<Properties> poms = new ArrayList<>();
    Manifest manifest;
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(content), false)) {
      manifest = Optional.ofNullable(jar.getManifest()).orElseGet(Manifest::new);
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        if (entry.getName().endsWith(".jar")) {
          nested.addAll(describe(place + "!/" + entry.getName(), jar.readAllBytes()));
        } else if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
          poms.add(load(jar));
        }
      }
    }
    List<String> all = new ArrayList<>();
    all.add(component(place, content, identify(place, poms, manifest), manifest));
    all.addAll(nested);
    return all;
  }

  private static Properties load(InputStream stream) throws IOException {
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(stream.readAllBytes()));
    return properties;
  }

  /**
   * Group, name and version: by the Maven path, else by the jar's own pom, else by its file name.
   */
  private static Coordinates identify(String place, List<Properties> poms, Manifest manifest) {
    if (place.startsWith("system/") && !place.contains("!")) {
      List<String> parts = List.of(place.split("/"));
      int last = parts.size() - 1;
      return new Coordinates(
          String.join(".", parts.subList(1, last - 2)), parts.get(last - 2), parts.get(last - 1));
    }
    String file = place.substring(place.lastIndexOf('/') + 1);
    for (Properties pom : poms) {
      String artifact = pom.getProperty("artifactId", "");
      if (file.equals(artifact + ".jar")
          || file.startsWith(artifact + "-" + pom.getProperty("version"))) {
        return new Coordinates(pom.getProperty("groupId"), artifact, pom.getProperty("version"));
      }
    }
    Matcher name = FILE_NAME.matcher(file);
    String bundleVersion = manifest.getMainAttributes().getValue("Bundle-Version");
    return name.matches()
        ? new Coordinates("", name.group(1), name.group(2))
        : new Coordinates(
            "", file.replace(".jar", ""), bundleVersion == null ? "0" : bundleVersion);
  }

  private static String component(
      String place, byte[] content, Coordinates coordinates, Manifest manifest) {
    StringBuilder json = new StringBuilder("    {\"type\": \"library\", ");
    json.append("\"bom-ref\": ").append(quote(place)).append(", ");
    if (!coordinates.group().isEmpty()) {
      json.append("\"group\": ").append(quote(coordinates.group())).append(", ");
      json.append("\"purl\": ").append(quote(coordinates.purl())).append(", ");
    }
    json.append("\"name\": ").append(quote(coordinates.name())).append(", ");
    json.append("\"version\": ").append(quote(coordinates.version())).append(", ");
    String licence = manifest.getMainAttributes().getValue("Bundle-License");
    if (licence != null) {
      json.append("\"licenses\": [{\"license\": {\"name\": ")
          .append(quote(licence))
          .append("}}], ");
    }
    json.append("\"hashes\": [{\"alg\": \"SHA-256\", \"content\": ").append(quote(sha256(content)));
    json.append("}], \"evidence\": {\"occurrences\": [{\"location\": ").append(quote(place));
    return json.append("}]}}").toString();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c :
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private record Coordinates(String group, String name, String version) {
    String purl() {
      return "pkg:maven/" + group + "/" + name + "@" + version;
    }
  }
}
