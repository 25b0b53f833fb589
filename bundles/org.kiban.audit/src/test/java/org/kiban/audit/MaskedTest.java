package org.kiban.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x:y --password hunter2 a | x:y --password **** a",
        "x:y --password=hunter2 a | x:y --password=**** a",
        "config:property-set db.password hunter2 | config:property-set db.password ****",
        "x:y api-token=abc | x:y api-token=****",
        "x:y --client-secret \"a b\" c | x:y --client-secret **** c",
        "x:y --passphrase 'a b' | x:y --passphrase ****"
      })
  void valuesOfSecretsAreTakenOut(String line, String kept) {
    assertThat(Masked.of(line)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "secret:create 332020 name",
    "secret:list 332020",
    "jaas:realm-list",
    "backup:run 332020 --password-file /run/pw",
    "exchange:trace 332020 123456789012"
  })
  void everythingElseStays(String line) {
    assertThat(Masked.of(line)).isEqualTo(line);
  }

  @Test
  void aNumberWithTheCheckDigitOfAnIndividualIsTakenOut() {
    // given 個人番号 123456789018: check digit 8
    assertThat(Masked.of("exchange:trace 332020 123456789018"))
        .isEqualTo("exchange:trace 332020 ************");
    assertThat(Masked.of("n=1234567890180")).isEqualTo("n=1234567890180");
  }
}
