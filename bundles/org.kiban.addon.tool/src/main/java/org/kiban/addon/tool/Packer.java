package org.kiban.addon.tool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.kiban.addon.pack.AddonManifest;
import org.kiban.addon.pack.Entry;
import org.kiban.addon.pack.EntryList;
import org.kiban.addon.pack.ManifestFile;
import org.kiban.addon.pack.Seal;
import org.kiban.core.Digests;

/**
 * Packs an add-on: the same input gives the same bytes, anywhere and at any time. Writes the
 * feature file and the bill of materials itself; entries are stored, because bundles are packed
 * already and because packing differs from one zlib to the next.
 */
public final class Packer {

  /** Not the first of January: Java writes that with a second, zoned time beside it. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<Jar> bundles = new ArrayList<>();
  private final AddonManifest manifest;

  /** A bundle with its place. */
  private record Jar(String symbolicName, String version, String path, byte[] content) {}

  /**
   * @param addonYaml the content of {@code addon.yaml}
   * @param license the text of the licence
   */
  public Packer(byte[] addonYaml, byte[] license) {
    manifest = ManifestFile.parse(AddonManifest.PATH, addonYaml);
    files.put(AddonManifest.PATH, addonYaml);
    files.put("LICENSE", license);
  }

  /** Adds {@code NOTICE}, {@code README.md} or a bill of materials of one's own. */
  public Packer file(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  /** Adds a bundle; they start in the order in which they are added. */
  public Packer bundle(Path jar) throws IOException {
    byte[] content = Files.readAllBytes(jar);
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(content))) {
      Attributes headers =
          in.getManifest() == null ? new Attributes() : in.getManifest().getMainAttributes();
      String name = headers.getValue("Bundle-SymbolicName");
      String version = headers.getValue("Bundle-Version");
      if (name == null || version == null) {
        throw new IllegalArgumentException(
            jar + " is no bundle: Bundle-SymbolicName or Bundle-Version is missing");
      }
      String plain = name.split(";")[0].strip();
      String path = place(plain, version, plain + "-" + version + ".jar");
      bundles.add(new Jar(plain, version, path, content));
      files.put(path, content);
    }
    return this;
  }

  private String place(String artifact, String version, String file) {
    return "repository/%s/%s/%s/%s"
        .formatted(manifest.id().replace('.', '/'), artifact, version, file);
  }

  /** The signed package. */
  public byte[] pack(KeyPair keys) throws IOException {
    String version = manifest.version().toString();
    files.put(
        place(manifest.id(), version, manifest.id() + "-" + version + "-features.xml"),
        feature().getBytes(StandardCharsets.UTF_8));
    files.putIfAbsent("sbom.cdx.json", sbom().getBytes(StandardCharsets.UTF_8));
    byte[] list =
        EntryList.of(
                files.entrySet().stream()
                    .map(
                        e ->
                            new Entry(
                                e.getKey(), e.getValue().length, Digests.sha256(e.getValue())))
                    .toList())
            .toBytes();
    Map<String, byte[]> all = new TreeMap<>(files);
    all.put(EntryList.PATH, list);
    all.put(Seal.PATH, Seal.sign(list, keys.getPrivate(), keys.getPublic()).toBytes());
    return zip(all);
  }

  private String feature() {
    StringBuilder parts = new StringBuilder("    <feature>scr</feature>\n");
    for (String capability : manifest.permissions().capabilities()) {
      parts.append("    <feature>kiban-").append(capability).append("</feature>\n");
    }
    for (Jar bundle : bundles) {
      parts.append(
          "    <bundle start-level=\"90\">mvn:%s/%s/%s</bundle>\n"
              .formatted(manifest.id(), bundle.symbolicName(), bundle.version()));
    }
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <features name="%1$s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
          <feature name="%1$s" version="%2$s">
        %3$s  </feature>
        </features>
        """
        .formatted(manifest.id(), manifest.version(), parts);
  }

  /** Bundles, and the libraries inside them. */
  private String sbom() throws IOException {
    List<String> components = new ArrayList<>();
    for (Jar bundle : bundles) {
      components.add(component(bundle.symbolicName(), bundle.version(), bundle.content()));
      try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(bundle.content()))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          if (entry.getName().endsWith(".jar")) {
            String file = entry.getName().replaceFirst(".*/", "");
            components.add(component(file.replaceFirst("\\.jar$", ""), null, in.readAllBytes()));
          }
        }
      }
    }
    return """
        {
          "bomFormat": "CycloneDX",
          "specVersion": "1.6",
          "version": 1,
          "metadata": {"component": {"type": "application", "name": "%s", "version": "%s"}},
          "components": [
        %s
          ]
        }
        """
        .formatted(manifest.id(), manifest.version(), String.join(",\n", components));
  }

  private static String component(String name, String version, byte[] content) {
    return """
            {"type": "library", "name": "%s"%s, "hashes": [{"alg": "SHA-256", "content": "%s"}]}"""
        .formatted(
            name.replaceAll("[^A-Za-z0-9._+-]", "_"),
            version == null ? "" : ", \"version\": \"" + version + "\"",
            Digests.sha256(content));
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        CRC32 crc = new CRC32();
        crc.update(file.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(file.getValue().length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(NO_TIME);
        out.putNextEntry(entry);
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
