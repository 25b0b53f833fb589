package org.kiban.backup.repository;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.kiban.backup.Fixture;

/** What does not give back what was saved is not stored. */
class WayBackTest {

  private static final int SIZE = 10_000;

  private final SecureRandom random = new SecureRandom();
  private final Envelope envelope = new Envelope(MasterKey.random(random), random);
  private final Codec codec = new Codec(1);
  private final WayBack back = new WayBack(envelope, codec);
  private final byte[] plain = Fixture.random(1, SIZE);
  private final Id id = Repository.hash(plain, 0, SIZE);
  private final long sum = WayBack.sum(plain, SIZE);

  private byte[] compressed(byte[] content) {
    byte[] packed = new byte[Codec.bound(SIZE)];
    return Arrays.copyOf(packed, codec.compress(content, 0, SIZE, packed, 0));
  }

  private long check(byte[] packed) throws DamagedException {
    return back.compressed(id, packed, packed.length, new byte[SIZE], SIZE, sum);
  }

  @Test
  void givenWhatWasSavedThenItMayBeStored() throws Exception {
    byte[] packed = compressed(plain);
    byte[] sealed = envelope.seal(packed);

    long ready = check(packed);

    assertThatCode(() -> back.encrypted(id, sealed, sealed.length, ready))
        .doesNotThrowAnyException();
  }

  @Test
  void givenABitThatFlippedBeforeItWasCompressedThenItIsNotStored() {
    for (int bit = 0; bit < 8; bit++) {
      byte[] changed = plain.clone();
      changed[bit * SIZE / 8] ^= (byte) (1 << bit);

      assertThatThrownBy(() -> check(compressed(changed))).isInstanceOf(DamagedException.class);
    }
  }

  @Test
  void givenWhatTheCodecCannotTakeApartThenItIsNotStored() {
    byte[] packed = compressed(plain);
    packed[0] ^= 1;

    assertThatThrownBy(() -> check(packed)).isInstanceOf(DamagedException.class);
  }

  @Test
  void givenAByteThatChangedAfterItWasEncryptedThenItIsNotStored() {
    byte[] big = Fixture.random(2, 5 * SIZE);
    byte[] sealed = envelope.seal(big);
    long ready = WayBack.sum(big, big.length);
    for (int i = 0; i < sealed.length - 16; i += i < 40 ? 1 : 501) {
      byte[] broken = sealed.clone();
      broken[i] ^= 1;

      assertThatThrownBy(() -> back.encrypted(id, broken, broken.length, ready))
          .isInstanceOf(DamagedException.class);
    }
  }
}
