package org.kiban.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The passwords that were right lately, as keyed digests. A business system that sends messages is
 * asked for its password every few seconds, and a slow hash each time would cost more than the
 * messages. A digest covers the stored form too: after a change of the password it matches nothing.
 * Nothing leaves this process, and its key dies with it. Safe for several threads.
 */
final class Proven {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEPT = 64;

  private final SecretKey key;
  private final Map<String, Boolean> digests =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > KEPT;
        }
      };

  Proven() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** Tells whether this pair was right before. */
  boolean contains(String plain, String stored) {
    String digest = digest(plain, stored);
    synchronized (digests) {
      return digests.get(digest) != null;
    }
  }

  /** Remembers that a pair is right. */
  void add(String plain, String stored) {
    String digest = digest(plain, stored);
    synchronized (digests) {
      digests.put(digest, true);
    }
  }

  private String digest(String plain, String stored) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(stored.getBytes(UTF_8));
      // No stored form has a zero byte: where it ends is beyond doubt.
      mac.update((byte) 0);
      return Base64.getEncoder().encodeToString(mac.doFinal(plain.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
