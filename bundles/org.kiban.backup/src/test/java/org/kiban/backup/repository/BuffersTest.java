package org.kiban.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrays are used again, and never keep more memory than is spared for them. */
class BuffersTest {

  private static final int MIB = 1 << 20;

  @Test
  void an_array_that_fits_is_used_again_and_one_far_too_large_is_not() {
    Buffers buffers = new Buffers(64 * MIB);
    byte[] large = buffers.take(8 * MIB);
    buffers.give(large);

    assertThat(buffers.take(MIB)).isNotSameAs(large).hasSizeGreaterThanOrEqualTo(MIB);
    assertThat(buffers.take(5 * MIB)).isSameAs(large);
    assertThat(buffers.take(5 * MIB)).isNotSameAs(large);
  }

  @Test
  void no_more_is_kept_than_is_spared() {
    Buffers buffers = new Buffers(10 * MIB);
    List<byte[]> taken = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      taken.add(buffers.take(MIB));
    }

    taken.forEach(buffers::give);

    assertThat(buffers.held()).isBetween(9L * MIB, 10L * MIB);
  }
}
