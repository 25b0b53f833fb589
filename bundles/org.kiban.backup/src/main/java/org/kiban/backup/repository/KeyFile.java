package org.kiban.backup.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.generators.SCrypt;

/** A password's file: the master key, wrapped in what scrypt makes of the password. */
final class KeyFile {

  private static final int MEMORY = 1 << 30;

  private KeyFile() {}

  /** The cost of guessing a password: scrypt's N, r and p. */
  record Cost(int n, int r, int p) {

    /** For what people choose; half a second. */
    static final Cost CHOSEN = new Cost(1 << 15, 8, 5);

    /** For 256 random bits, which nobody guesses however fast: every use would pay for more. */
    static final Cost RANDOM = new Cost(1 << 10, 8, 1);
  }

  static byte[] write(
      MasterKey key, String password, Cost cost, Instant now, String host, SecureRandom random) {
    byte[] salt = new byte[64];
    random.nextBytes(salt);
    ObjectNode file = Json.object();
    file.put("created", now.toString());
    file.put("username", System.getProperty("user.name"));
    file.put("hostname", host);
    file.put("kdf", "scrypt");
    file.put("N", cost.n());
    file.put("r", cost.r());
    file.put("p", cost.p());
    file.put("salt", salt);
    ObjectNode inner = Json.object();
    inner.putObject("mac").put("k", key.k()).put("r", key.r());
    inner.put("encrypt", key.encrypt());
    byte[] plain = inner.toString().getBytes(StandardCharsets.UTF_8);
    file.put("data", new Envelope(derive(password, salt, cost), random).seal(plain));
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static MasterKey derive(String password, byte[] salt, Cost cost) {
    return MasterKey.of(
        SCrypt.generate(
            password.getBytes(StandardCharsets.UTF_8), salt, cost.n(), cost.r(), cost.p(), 64));
  }

  /** The master key, or nothing if the password is not this file's. */
  static Optional<MasterKey> open(byte[] content, String password, String file)
      throws DamagedException {
    JsonNode json = Json.parse(content, file);
    Cost cost = new Cost(json.path("N").asInt(), json.path("r").asInt(), json.path("p").asInt());
    byte[] salt;
    byte[] data;
    try {
      salt = json.path("salt").binaryValue();
      data = json.path("data").binaryValue();
    } catch (IOException e) {
      throw new DamagedException(file, "is not base64");
    }
    if (!json.path("kdf").asText().equals("scrypt")
        || salt == null
        || data == null
        || Integer.bitCount(cost.n) != 1
        || cost.n < 2
        || cost.r < 1
        || cost.p < 1
        || 128L * cost.n * cost.r > MEMORY
        || (long) cost.r * cost.p > 1 << 16) {
      throw new DamagedException(file, "is no password's file");
    }
    byte[] plain;
    try {
      plain = new Envelope(derive(password, salt, cost), new SecureRandom()).open(data, file);
    } catch (DamagedException e) {
      return Optional.empty();
    }
    JsonNode key = Json.parse(plain, file);
    Base64.Decoder base64 = Base64.getDecoder();
    return Optional.of(
        new MasterKey(
            base64.decode(key.path("encrypt").asText()),
            base64.decode(key.path("mac").path("k").asText()),
            base64.decode(key.path("mac").path("r").asText())));
  }
}
