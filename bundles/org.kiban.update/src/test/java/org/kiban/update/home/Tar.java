package org.kiban.update.home;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.kiban.core.Digests;

/** Writes tar archives, right ones and others. */
final class Tar {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A whole distribution with these files beside its description. */
  static Tar distribution(String version, Map<String, String> files) {
    Map<String, String> all = new LinkedHashMap<>(files);
    all.put("bin/kiban", "#!/bin/sh\n");
    all.put(Program.VERSION, "kiban " + version + "\n");
    all.put(Program.FORMAT, "1\n");
    all.put(Program.OWN, "config.properties\n");
    return described(version, all, list(all));
  }

  /** One whose list is given. */
  static Tar described(String version, Map<String, String> files, String list) {
    Tar tar = new Tar().entry("kiban-" + version + "/", '5', "");
    Map<String, String> all = new LinkedHashMap<>(files);
    all.put(Program.LIST, list);
    all.put(Program.BUILD, Digests.sha256(list.getBytes(StandardCharsets.UTF_8)) + "\n");
    all.forEach((path, text) -> tar.entry("kiban-" + version + "/" + path, '0', text));
    return tar;
  }

  static String list(Map<String, String> files) {
    StringBuilder list = new StringBuilder();
    files.forEach(
        (path, text) -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          list.append(Digests.sha256(bytes) + " " + bytes.length + " " + path + "\n");
        });
    return list.toString();
  }

  Tar entry(String name, char type, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    byte[] header = new byte[512];
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 100) {
      String record = " path=" + name + "\n";
      int length = record.getBytes(StandardCharsets.UTF_8).length + 3;
      entry("pax", 'x', length + record);
      bytes = new byte[] {'x'};
    }
    put(header, 0, bytes);
    put(header, 100, "0000644\0".getBytes(StandardCharsets.US_ASCII));
    put(header, 124, "%011o\0".formatted(content.length).getBytes(StandardCharsets.US_ASCII));
    header[156] = (byte) type;
    put(header, 257, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
    put(header, 148, "        ".getBytes(StandardCharsets.US_ASCII));
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return this;
  }

  private static void put(byte[] to, int at, byte[] what) {
    System.arraycopy(what, 0, to, at, what.length);
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    all.writeBytes(new byte[1024]);
    return all.toByteArray();
  }

  /** Writes it, compressed. */
  Archive write(Path file) {
    try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(bytes());
      return new Archive(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
