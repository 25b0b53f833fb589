package org.kiban.platform.remote;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.kiban.core.Digests;

/** Signs requests as S3 wants them: AWS Signature Version 4. Safe for several threads. */
public final class S3Signature {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String id;
  private final String secret;
  private final String region;

  /** For one access key. */
  public S3Signature(String id, String secret, String region) {
    this.id = id;
    this.secret = secret;
    this.region = region;
  }

  /** A time as the header {@code x-amz-date} has it. */
  static String time(Instant now) {
    return TIME.format(now);
  }

  /** SHA-256 in hexadecimal digits. */
  public static String hash(byte[] bytes, int length) {
    MessageDigest digest = Digests.sha256();
    digest.update(bytes, 0, length);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Encodes a text for a URI; a slash too, unless it is a path. */
  static String encoded(String text, boolean isPath) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-._~".indexOf(c) >= 0;
      if (plain || isPath && c == '/') {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  /** A query as it is sent and signed. */
  static String query(SortedMap<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> encoded(p.getKey(), false) + '=' + encoded(p.getValue(), false))
        .collect(Collectors.joining("&"));
  }

  /**
   * The header {@code Authorization}.
   *
   * @param headers all that are signed, names in small letters; {@code host}, {@code x-amz-date}
   *     and {@code x-amz-content-sha256} among them
   */
  String authorization(
      String method,
      String path,
      SortedMap<String, String> parameters,
      SortedMap<String, String> headers) {
    String time = headers.get("x-amz-date");
    String scope = time.substring(0, 8) + '/' + region + "/s3/aws4_request";
    String names = String.join(";", headers.keySet());
    String canonical =
        method
            + '\n'
            + encoded(path, true)
            + '\n'
            + query(parameters)
            + '\n'
            + headers.entrySet().stream().map(S3Signature::line).collect(Collectors.joining())
            + '\n'
            + names
            + '\n'
            + headers.get("x-amz-content-sha256");
    byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
    String toSign = "AWS4-HMAC-SHA256\n" + time + '\n' + scope + '\n' + hash(bytes, bytes.length);
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = mac(key, part);
    }
    return "AWS4-HMAC-SHA256 Credential="
        + id
        + '/'
        + scope
        + ",SignedHeaders="
        + names
        + ",Signature="
        + HexFormat.of().formatHex(mac(key, toSign));
  }

  private static String line(Map.Entry<String, String> header) {
    return header.getKey() + ':' + header.getValue().strip() + '\n';
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
