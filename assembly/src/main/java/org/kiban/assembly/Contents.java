package org.kiban.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lists every file of the distribution in {@code lib/kiban/files}, one a line: SHA-256, size in
 * bytes, path. An upgrade unpacks nothing else. The list's own SHA-256 in {@code lib/kiban/build}
 * tells two distributions apart, also where their version is the same.
 *
 * @param assembly what Karaf's goal assembled
 * @param own files of ours that go beside it
 */
record Contents(Path assembly, Path own) {

  void write() throws IOException {
    Path list = assembly.resolve("lib/kiban/files");
    Path build = assembly.resolve("lib/kiban/build");
    Files.deleteIfExists(list);
    Files.deleteIfExists(build);
    Map<String, Path> files = new TreeMap<>();
    for (String top : new String[] {"etc", "lib", "system", "vendor", "sbom.cdx.json"}) {
      add(assembly, top, files);
    }
    add(own, "bin/kiban", files);
    add(own, "share", files);
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      lines.append(sha256(file.getValue())).append(' ').append(Files.size(file.getValue()));
      lines.append(' ').append(file.getKey()).append('\n');
    }
    Files.writeString(list, lines);
    Files.writeString(build, sha256(list) + "\n", StandardCharsets.UTF_8);
  }

  private static void add(Path root, String top, Map<String, Path> to) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(top))) {
      files
          .filter(Files::isRegularFile)
          .forEach(f -> to.put(root.relativize(f).toString().replace('\\', '/'), f));
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
