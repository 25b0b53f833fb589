package org.kiban.addon.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.kiban.core.Digests;

/**
 * Makes packages: a right one, unless something is changed. Changes of {@link #files} are signed (a
 * vendor's mistake or ill will), changes of the zip are not (somebody on the way).
 */
public final class Forge {

  public static final String ID = "jp.example.probe";
  static final String JAR =
      "repository/jp/example/jp.example.probe/1.0.0/jp.example.probe-1.0.0.jar";
  static final String FEATURES =
      "repository/jp/example/jp.example.probe/1.0.0/jp.example.probe-1.0.0-features.xml";

  /** All files but list and signature; a null value leaves one out that is made by default. */
  final Map<String, byte[]> files = new TreeMap<>();

  final Map<String, String> headers = new LinkedHashMap<>();
  final Map<String, byte[]> classes = new LinkedHashMap<>();
  KeyPair keys;
  String version = "1.0.0";
  String requires = "requires: {org.kiban.core: \"[0.1,1)\"}\n";
  String permissions = "permissions: {pids: [jp.example.probe], ports: [9410]}\n";
  UnaryOperator<byte[]> list = bytes -> bytes;
  UnaryOperator<byte[]> seal = bytes -> bytes;
  UnaryOperator<byte[]> jar = bytes -> bytes;
  Consumer<RawZip> zip = any -> {};

  public Forge(KeyPair keys) {
    this.keys = keys;
    headers.put("Manifest-Version", "1.0");
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", ID);
    headers.put("Bundle-Version", "1.0.0");
    headers.put("Import-Package", "org.kiban.core;version=\"[0.1,1)\",org.slf4j");
    headers.put("Export-Package", "jp.example.probe.api;version=\"1.0\"");
    classes.put("jp/example/probe/Probe.class", new byte[100]);
  }

  public static KeyPair newKeys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A trust file for keys. */
  public static String trust(KeyPair keys, String more) {
    return """
        key-id: %s
        public-key: %s
        vendor: 株式会社例
        prefixes: [jp.example]
        valid-from: 2026-04-01
        valid-until: 2028-03-31
        %s
        """
        .formatted(
            Seal.keyId(keys.getPublic()),
            Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
            more);
  }

  public Forge version(String next) {
    version = next;
    return this;
  }

  Forge file(String path, String content) {
    files.put(path, content == null ? null : content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Forge header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Forge inJar(String path, byte[] content) {
    classes.put(path, content);
    return this;
  }

  Forge zip(Consumer<RawZip> change) {
    zip = change;
    return this;
  }

  static String manifestText(Map<String, String> headers) {
    StringBuilder text = new StringBuilder();
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString();
  }

  static byte[] jar(String manifest, Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      put(out, "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(out, entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(java.time.LocalDateTime.of(2026, 11, 23, 0, 0));
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }

  String manifest() {
    return """
        id: jp.example.probe
        version: %s
        name: {ja: 監視プローブ, en: Health probe}
        vendor: 株式会社例
        %s%s"""
        .formatted(version, requires, permissions);
  }

  static String features(String inner) {
    return """
        <features name="x" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
          %s
        </features>
        """
        .formatted(inner);
  }

  private String feature() {
    return features(
        """
        <feature name="jp.example.probe" version="%s">
          <feature>scr</feature>
          <bundle start-level="91">mvn:jp.example/jp.example.probe/1.0.0</bundle>
        </feature>
        """
            .formatted(version));
  }

  static String sbom(byte[]... bundles) {
    StringBuilder components = new StringBuilder();
    for (byte[] bundle : bundles) {
      components
          .append(components.isEmpty() ? "" : ",")
          .append("{\"type\": \"library\", \"name\": \"x\", \"hashes\": [")
          .append("{\"alg\": \"SHA-256\", \"content\": \"" + Digests.sha256(bundle) + "\"}]}");
    }
    return "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"version\": 1, \"components\": ["
        + components
        + "]}";
  }

  /** All signed files. */
  Map<String, byte[]> signed() {
    Map<String, byte[]> all = new TreeMap<>();
    byte[] bundle = jar.apply(jar(manifestText(headers), classes));
    all.put("addon.yaml", manifest().getBytes(StandardCharsets.UTF_8));
    all.put("LICENSE", "Apache License 2.0\n".getBytes(StandardCharsets.UTF_8));
    all.put("sbom.cdx.json", sbom(bundle).getBytes(StandardCharsets.UTF_8));
    all.put(FEATURES, feature().getBytes(StandardCharsets.UTF_8));
    all.put(JAR, bundle);
    files.forEach(
        (path, content) -> {
          all.remove(path);
          if (content != null) {
            all.put(path, content);
          }
        });
    return all;
  }

  /** The package. */
  public byte[] build() {
    Map<String, byte[]> all = signed();
    byte[] entries =
        list.apply(
            EntryList.of(
                    all.entrySet().stream()
                        .map(
                            e ->
                                new Entry(
                                    e.getKey(), e.getValue().length, Digests.sha256(e.getValue())))
                        .toList())
                .toBytes());
    all.put(EntryList.PATH, entries);
    byte[] signature =
        seal.apply(Seal.sign(entries, keys.getPrivate(), keys.getPublic()).toBytes());
    if (signature != null) {
      all.put(Seal.PATH, signature);
    }
    RawZip raw = RawZip.of(all);
    zip.accept(raw);
    return raw.toBytes();
  }
}
