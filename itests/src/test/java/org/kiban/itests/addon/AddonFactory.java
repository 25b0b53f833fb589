package org.kiban.itests.addon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * Makes signed add-ons with a JDK alone, from what {@code docs/vendor/addon.md} says of the format:
 * a bundle whose activator registers a health check, right or sabotaged.
 */
public final class AddonFactory {

  static final String ID = "jp.example.probe";

  private static final String ACTIVATOR =
      """
      package @ID@;
      import java.util.Hashtable;
      import org.apache.felix.hc.api.HealthCheck;
      import org.apache.felix.hc.api.Result;
      import org.osgi.framework.BundleActivator;
      import org.osgi.framework.BundleContext;
      public class Activator implements BundleActivator, HealthCheck {
        static volatile boolean spin = true;
        java.net.ServerSocket taken;
        @Override public void start(BundleContext context) throws Exception {
          @START@
          Hashtable<String, Object> properties = new Hashtable<>();
          properties.put(HealthCheck.NAME, "@ID@");
          properties.put(HealthCheck.TAGS, new String[] {"@ID@"});
          context.registerService(HealthCheck.class, this, properties);
        }
        @Override public void stop(BundleContext context) throws Exception { @STOP@ }
        @Override public Result execute() {
          @HEALTH@
          return new Result(Result.Status.OK, "version @VERSION@");
        }
      }
      """;

  private final Path folder;
  private final List<Path> classPath;
  private final KeyPair keys;
  private final String id;

  /**
   * @param folder where packages and classes are written
   * @param home the distribution, to compile against
   */
  public AddonFactory(Path folder, Path home) {
    this.id = ID;
    try {
      this.folder = Files.createDirectories(folder);
      this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      try (Stream<Path> files = Files.walk(home)) {
        this.classPath =
            files
                .filter(
                    f ->
                        f.toString().endsWith(".jar")
                            && f.toString().matches(".*(healthcheck\\.api|framework)-[^/]*"))
                .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private AddonFactory(AddonFactory same, String id) {
    this.folder = same.folder;
    this.classPath = same.classPath;
    this.keys = same.keys;
    this.id = id;
  }

  /** Makes another add-on of the same vendor. */
  AddonFactory of(String otherId) {
    return new AddonFactory(this, otherId);
  }

  /** A bundle of nobody's add-on that imports what the add-on exports. */
  Path guest() {
    try {
      String headers =
          """
          Manifest-Version: 1.0
          Bundle-ManifestVersion: 2
          Bundle-SymbolicName: com.example.guest
          Bundle-Version: 1.0.0
          Import-Package: %s

          """
              .formatted(id);
      return Files.write(
          folder.resolve("guest.jar"), zip(Map.of("META-INF/MANIFEST.MF", utf8(headers))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The trust file for this factory's key. */
  public String trust() {
    byte[] key = keys.getPublic().getEncoded();
    return """
        key-id: %s
        public-key: %s
        vendor: 株式会社例
        prefixes: [jp.example]
        valid-from: 2020-01-01
        valid-until: 2099-12-31
        grants: {ports: [9000-9999]}
        """
        .formatted(keyId(), Base64.getEncoder().encodeToString(key));
  }

  private String keyId() {
    return hex(keys.getPublic().getEncoded()).substring(0, 32);
  }

  /** A right add-on. */
  public Path make(String version) {
    return make(version, Sabotage.NONE, 0);
  }

  /**
   * An add-on.
   *
   * @param version of the add-on and its bundle
   * @param sabotage what is wrong with it
   * @param port that somebody listens on
   */
  Path make(String version, Sabotage sabotage, int port) {
    try {
      byte[] bundle = bundle(version, sabotage, port);
      Map<String, byte[]> files = new TreeMap<>();
      files.put("addon.yaml", utf8(manifest(version)));
      files.put("LICENSE", utf8("Apache License 2.0\n"));
      files.put("sbom.cdx.json", utf8(sbom(bundle)));
      String place = "repository/jp/example/%s/%s/%s-%s".formatted(id, version, id, version);
      files.put(place + "-features.xml", utf8(feature(version)));
      files.put(place + ".jar", bundle);
      byte[] list = utf8(list(files));
      files.put("META-INF/kiban/entries", list);
      files.put("META-INF/kiban/signature", utf8(seal(list)));
      Path kar = folder.resolve(id + "-" + version + "-" + sabotage + ".kar");
      return Files.write(kar, zip(files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String manifest(String version) {
    return """
        id: %s
        version: %s
        name: {ja: 監視プローブ, en: Health probe}
        vendor: 株式会社例
        requires: {}
        permissions: {}
        """
        .formatted(id, version);
  }

  private String feature(String version) {
    return """
        <features name="%s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
          <feature name="%s" version="%s">
            <bundle start-level="90">mvn:jp.example/%s/%s</bundle>
          </feature>
        </features>
        """
        .formatted(id, id, version, id, version);
  }

  private String sbom(byte[] bundle) {
    return """
        {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [
          {"type": "library", "name": "%s", "hashes": [{"alg": "SHA-256", "content": "%s"}]}]}
        """
        .formatted(id, hex(bundle));
  }

  private static String list(Map<String, byte[]> files) {
    return files.entrySet().stream()
        .map(e -> hex(e.getValue()) + " " + e.getValue().length + " " + e.getKey() + "\n")
        .collect(Collectors.joining("", "kiban-addon 1\n", ""));
  }

  private String seal(byte[] list) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(list);
      return "ed25519 %s %s\n"
          .formatted(keyId(), Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] bundle(String version, Sabotage sabotage, int port) throws IOException {
    String source =
        ACTIVATOR
            .replace("@START@", sabotage.start.replace("@PORT@", String.valueOf(port)))
            .replace("@STOP@", sabotage.stop)
            .replace("@HEALTH@", sabotage.health)
            .replace("@ID@", id)
            .replace("@VERSION@", version);
    if (sabotage.health.startsWith("return")) {
      source = source.replaceFirst("\\s*return new Result\\(Result.Status.OK[^;]*;", "");
    }
    Map<String, byte[]> content = new TreeMap<>();
    content.put("META-INF/MANIFEST.MF", utf8(headers(version, sabotage)));
    content.putAll(compile(source));
    return zip(content);
  }

  private String headers(String version, Sabotage sabotage) {
    return String.join(
        "\r\n",
        "Manifest-Version: 1.0",
        "Bundle-ManifestVersion: 2",
        "Bundle-SymbolicName: " + id,
        "Bundle-Version: " + version,
        "Bundle-Activator: " + id + ".Activator",
        "Export-Package: " + id + ";version=\"1.0.0\"",
        "Import-Package: org.osgi.framework,org.apache.felix.hc.api"
            + (sabotage.imports.isEmpty() ? "" : "," + sabotage.imports),
        "",
        "");
  }

  private Map<String, byte[]> compile(String source) throws IOException {
    Path sources = Files.createTempDirectory(folder, "src");
    Path classes = Files.createTempDirectory(folder, "classes");
    Path file = sources.resolve(id.replace('.', '/') + "/Activator.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    String path =
        classPath.stream()
            .map(Path::toString)
            .collect(Collectors.joining(java.io.File.pathSeparator));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-proc:none",
                "-nowarn",
                "-cp",
                path,
                "-d",
                classes.toString(),
                file.toString());
    if (status != 0) {
      throw new AssertionError("not compiled: " + source);
    }
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> found = Files.walk(classes)) {
      for (Path c : found.filter(f -> f.toString().endsWith(".class")).toList()) {
        content.put(classes.relativize(c).toString(), Files.readAllBytes(c));
      }
    }
    return content;
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(file.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(file.getValue().length);
        entry.setCompressedSize(file.getValue().length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
