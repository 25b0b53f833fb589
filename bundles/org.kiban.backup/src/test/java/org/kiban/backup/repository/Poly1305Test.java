package org.kiban.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/** Held to another implementation, at every length around a block and at the edges of the field. */
class Poly1305Test {

  @Test
  void gives_the_tags_that_another_implementation_gives() {
    Random random = new Random(1);
    for (int length = 0; length < 300; length++) {
      byte[] key = new byte[32];
      byte[] message = new byte[length];
      random.nextBytes(key);
      random.nextBytes(message);
      same(key, message);
      Arrays.fill(message, (byte) 0xff);
      same(key, message);
      Arrays.fill(key, (byte) 0xff);
      same(key, message);
    }
  }

  private static void same(byte[] key, byte[] message) {
    org.bouncycastle.crypto.macs.Poly1305 other = new org.bouncycastle.crypto.macs.Poly1305();
    other.init(new KeyParameter(key));
    other.update(message, 0, message.length);
    byte[] expected = new byte[16];
    other.doFinal(expected, 0);

    byte[] tag = new byte[16];
    Poly1305.tag(
        Arrays.copyOf(key, 16), Arrays.copyOfRange(key, 16, 32), message, 0, message.length, tag);
    assertThat(tag).as("length %d", message.length).isEqualTo(expected);
  }
}
