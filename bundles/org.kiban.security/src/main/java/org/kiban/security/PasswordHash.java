package org.kiban.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.jaas.modules.Encryption;
import org.apache.karaf.jaas.modules.EncryptionService;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.osgi.service.component.annotations.Component;

/**
 * Passwords of {@code users.properties} as Argon2id (RFC 9106). The usual text form with semicolons
 * for commas, because a comma separates roles in that file.
 */
@Component(service = EncryptionService.class, property = "name=kiban")
public final class PasswordHash implements EncryptionService, Encryption {

  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MOST_MEMORY_KIB = 65_536;
  private static final int MOST_PASSES = 10;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6});t=(\\d{1,2});p=(\\d)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final SecureRandom random = new SecureRandom();
  // Each hash takes 19 MiB: a burst of log-ins must not exhaust the heap.
  private final Semaphore atOnce = new Semaphore(1);
  private final Proven proven = new Proven();

  @Override
  public Encryption createEncryption(Map<String, String> parameters) {
    return this;
  }

  @Override
  public String encryptPassword(String plain) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash;
    atOnce.acquireUninterruptibly();
    try {
      hash = hash(plain, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    } finally {
      atOnce.release();
    }
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d;t=%d;p=%d$%s$%s"
        .formatted(
            MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  @Override
  public boolean checkPassword(String plain, String stored) {
    Matcher fields = FORM.matcher(stored);
    if (plain == null || !fields.matches()) {
      return false;
    }
    if (proven.contains(plain, stored)) {
      return true;
    }
    atOnce.acquireUninterruptibly();
    try {
      // Of a burst with one password only the first pays.
      boolean right = proven.contains(plain, stored) || matches(plain, fields);
      if (right) {
        proven.add(plain, stored);
      }
      return right;
    } finally {
      atOnce.release();
    }
  }

  private boolean matches(String plain, Matcher fields) {
    int memory = Integer.parseInt(fields.group(1));
    int passes = Integer.parseInt(fields.group(2));
    int lanes = Integer.parseInt(fields.group(3));
    if (memory > MOST_MEMORY_KIB || passes > MOST_PASSES || passes < 1 || lanes < 1) {
      return false;
    }
    try {
      byte[] salt = Base64.getDecoder().decode(fields.group(4));
      byte[] expected = Base64.getDecoder().decode(fields.group(5));
      return MessageDigest.isEqual(
          expected, hash(plain, salt, memory, passes, lanes, expected.length));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] hash(
      String plain, byte[] salt, int memory, int passes, int lanes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] out = new byte[length];
    generator.generateBytes(plain.getBytes(UTF_8), out);
    return out;
  }
}
