package org.kiban.core.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.MunicipalityCode;

class CheckDigitsTest {

  @ParameterizedTest
  @ValueSource(strings = {"041009", "332020", "372013", "382019", "131016", "011002", "011011"})
  void acceptsTheCodesOfRealMunicipalities(String code) {
    assertThat(new MunicipalityCode(code).value()).isEqualTo(code);
  }

  @Test
  void namesTheRightDigitOfAWrongCode() {
    assertThatThrownBy(() -> new MunicipalityCode("332021"))
        .hasMessageContaining("332021")
        .hasMessageContaining("must be 0");
    assertThat(MunicipalityCode.isValid("332021")).isFalse();
    assertThat(MunicipalityCode.isValid("３３２０２０")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "00000000000001,9",
    "00000000000002,7",
    "00000000000003,5",
    "00000000000004,3",
    "00000000000005,1",
    "12345678912345,2",
    "10000000000000,8"
  })
  void computesAddresseeNumbers(String serial, int digit) {
    assertThat(CheckDigits.addressee(serial)).hasValue(digit);
  }

  @Test
  void leavesTheUndefinedAddresseeCaseToTheCaller() {
    assertThat(CheckDigits.addressee("00000000000006")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"12345678901,8", "11111111111,8", "34567890123,4"})
  void computesIndividualNumbers(String digits, int digit) {
    assertThat(CheckDigits.individual(digits)).isEqualTo(digit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9010601021385", "1020001071491"})
  void computesCorporateNumbers(String number) {
    assertThat(CheckDigits.corporate(number.substring(1))).isEqualTo(number.charAt(0) - '0');
  }
}
