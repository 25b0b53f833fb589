package org.kiban.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

  private static final int KEYS = 50_000;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, KEYS, 1_000_000})
  void everyKeyIsFoundAgainHoweverManyWereExpected(long expected) throws IOException {
    KeySet keys = new KeySet();
    // given some before anybody knew how many would come
    for (long i = 0; i < KEYS; i++) {
      if (i == KEYS / 2) {
        keys.expect(expected);
      }
      assertThat(keys.add(row(i))).as("new: %d", i).isTrue();
    }

    for (long i = 0; i < KEYS; i++) {
      assertThat(keys.add(row(i))).as("known: %d", i).isFalse();
    }
  }

  private static Row row(long number) {
    Random random = new Random(number);
    Row row = new Row(1);
    row.key1 = random.nextLong();
    row.key2 = random.nextLong();
    return row;
  }
}
