package org.kiban.update.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  private static String canonical(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new String(CanonicalJson.write(CanonicalJson.parse(bytes)), StandardCharsets.UTF_8);
  }

  @Test
  void keysStandInTheOrderOfTheirCodePointsAndSpacesAreGone() throws IOException {
    // U+20BB7 is beyond U+FF21, though its first half in UTF-16 is not.
    assertThat(canonical("{ \"𠮷\": [1, true], \"Ａ\": null, \"b\": {}, \"B\": -7 }"))
        .isEqualTo("{\"B\":-7,\"b\":{},\"Ａ\":null,\"𠮷\":[1,true]}");
  }

  @Test
  void ofATextOnlyQuotationMarksAndBackslashesAreEscaped() throws IOException {
    assertThat(canonical("\"\\\"\\\\\\/\\n\\u00e9\"")).isEqualTo("\"\\\"\\\\/\né\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1e3", "\"\\ud800\"", "{\"a\":1,\"a\":2}", "1 2", "", "[[", "NaN"})
  void whatHasNoOneFormIsRefused(String json) {
    assertThatThrownBy(() -> canonical(json)).isInstanceOf(IOException.class);
  }
}
