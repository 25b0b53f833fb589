package org.kiban.route.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;
import org.kiban.route.api.FailedExchange;

/**
 * The failed exchanges of one municipality's routes, each an encrypted file, so that they are kept
 * whether there is a broker or not. Safe for any thread.
 */
final class FailedExchanges {

  /** A body larger than this is not kept. */
  static final int MOST_BYTES = 32 << 20;

  private static final String ENDING = ".exchange";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path root;
  private final SecretKey key;
  private final DurableFiles files;
  private final TrustedClock clock;
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger sequence = new AtomicInteger();

  /**
   * What is kept of an exchange.
   *
   * @param at when it failed
   * @param route the id of the route that it came in by
   * @param from where it came from
   * @param reason why it failed
   * @param headers texts, numbers and truth values, by name
   * @param text whether the body was a text
   * @param body its bytes; null if there was none
   */
  record Content(
      Instant at,
      String route,
      String from,
      String reason,
      Map<String, Object> headers,
      boolean text,
      byte[] body) {}

  FailedExchanges(Path root, SecretKey key, DurableFiles files, TrustedClock clock) {
    this.root = root;
    this.key = key;
    this.files = files;
    this.clock = clock;
  }

  /**
   * Keeps an exchange.
   *
   * @return its id
   * @throws IOException if it is not durable
   */
  String keep(String name, Content content) throws IOException {
    Path directory = Files.createDirectories(root.resolve(name));
    String id =
        STAMP.format(clock.now())
            + String.format("-%04d", Math.floorMod(sequence.incrementAndGet(), 10_000));
    byte[] bytes = seal(id, encode(content));
    files.write(directory.resolve(id + ENDING), out -> out.write(bytes));
    return id;
  }

  /** How many are kept. */
  int count(String name) {
    return ids(name).size();
  }

  /** Their ids, oldest first. */
  List<String> ids(String name) {
    List<String> ids = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root.resolve(name), "*" + ENDING)) {
      for (Path one : all) {
        String file = one.getFileName().toString();
        ids.add(file.substring(0, file.length() - ENDING.length()));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    ids.sort(null);
    return ids;
  }

  Content read(String name, String id) throws IOException {
    return decode(open(id, Files.readAllBytes(path(name, id))));
  }

  FailedExchange view(String name, String id) throws IOException {
    Content c = read(name, id);
    long bytes = c.body() == null ? 0 : c.body().length;
    return new FailedExchange(id, c.at(), c.route(), c.from(), c.reason(), bytes);
  }

  void forget(String name, String id) throws IOException {
    files.delete(path(name, id));
  }

  private Path path(String name, String id) {
    return root.resolve(name).resolve(id + ENDING);
  }

  private byte[] seal(String id, byte[] plain) throws IOException {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, id, nonce, plain);
    byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return all;
  }

  private byte[] open(String id, byte[] all) throws IOException {
    byte[] nonce = Arrays.copyOf(all, NONCE);
    return cipher(Cipher.DECRYPT_MODE, id, nonce, Arrays.copyOfRange(all, NONCE, all.length));
  }

  private byte[] cipher(int mode, String id, byte[] nonce, byte[] bytes) throws IOException {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IOException(id + " was changed or is of another key", e);
    }
  }

  private static byte[] encode(Content c) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(c.at().toEpochMilli());
    for (String text : List.of(c.route(), c.from(), c.reason())) {
      text(out, text);
    }
    out.writeInt(c.headers().size());
    for (Map.Entry<String, Object> header : c.headers().entrySet()) {
      text(out, header.getKey());
      text(out, header.getValue().getClass().getSimpleName());
      text(out, header.getValue().toString());
    }
    out.writeBoolean(c.text());
    out.writeInt(c.body() == null ? -1 : c.body().length);
    if (c.body() != null) {
      out.write(c.body());
    }
    return bytes.toByteArray();
  }

  private static Content decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Instant at = Instant.ofEpochMilli(in.readLong());
    String route = text(in);
    String from = text(in);
    String reason = text(in);
    Map<String, Object> headers = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = text(in);
      headers.put(name, value(text(in), text(in)));
    }
    boolean text = in.readBoolean();
    int length = in.readInt();
    return new Content(
        at, route, from, reason, headers, text, length < 0 ? null : in.readNBytes(length));
  }

  /** The kinds of header that are kept; the others can be had again or make no sense later. */
  static boolean keeps(Object value) {
    return value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean;
  }

  private static Object value(String type, String text) {
    return switch (type) {
      case "Integer" -> Integer.valueOf(text);
      case "Long" -> Long.valueOf(text);
      case "Double" -> Double.valueOf(text);
      case "Boolean" -> Boolean.valueOf(text);
      default -> text;
    };
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
