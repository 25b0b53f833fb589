package org.kiban.exchange.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FixedTest {

  private static final String COLUMNS =
      """
      columns:
        - { name: 番号, type: 9, width: 4, required: true }
        - { name: 氏名, type: N, width: 10 }
        - { name: カナ, type: X, width: 6 }
        - { name: 金額, type: S9, width: 5 }
      """;
  private static final String TO_CSV =
      "input: { profile: fixed-length }\noutput: { newline: lf, quote: minimal }\n" + COLUMNS;
  private static final String TO_FIXED =
      "input: { newline: any }\noutput: { profile: fixed-length }\n" + COLUMNS;
  private static final String RECORDS = "0012山田　　　ﾔﾏﾀﾞ    -12\r\n0013高松市役所ABC       5\r\n";
  private static final String CSV = "番号,氏名,カナ,金額\n0012,山田,ﾔﾏﾀﾞ,-12\n0013,高松市役所,ABC,5\n";

  private static byte[] cp932(String text) {
    return text.getBytes(Converting.CP932);
  }

  @Test
  void recordsBecomeCsv() throws IOException {
    Converting converting = Converting.of(TO_CSV, cp932(RECORDS));
    assertThat(converting.text()).isEqualTo(CSV);
    assertThat(Converting.drop(TO_CSV, cp932(RECORDS)).text()).isEqualTo(CSV);
  }

  @Test
  void csvBecomesRecords() throws IOException {
    Converting converting = Converting.of(TO_FIXED, CSV.replace("0012", "12"));
    assertThat(new String(converting.output, Converting.CP932)).isEqualTo(RECORDS);
  }

  @Test
  void aRecordOfAnotherLengthCostsItself() throws IOException {
    String first = RECORDS.substring(0, RECORDS.indexOf('\n') + 1);
    String shorter = first.replace("  -12", "-12");
    String longer = first.replace("-12", "   -12");
    String torn = first.replace("山田　　　", "山田　　 ");
    for (String wrong : new String[] {shorter, longer, torn, "\r\n"}) {
      Converting converting = Converting.of(TO_CSV, cp932(wrong + RECORDS));
      assertThat(converting.findings()).containsExactly("1 KBN-EXCHANGE-053 null");
      assertThat(converting.rejects.get(0).raw()).isEqualTo(cp932(wrong));
      assertThat(converting.text()).isEqualTo(CSV);
    }
  }

  @Test
  void aCharacterTornByTheWidthCostsItsRecord() throws IOException {
    Converting converting = Converting.of(TO_CSV, cp932("00121山田　　bﾔﾏﾀﾞ    -12\r\n" + RECORDS));
    assertThat(converting.findings()).containsExactly("1 E0002 氏名");
    assertThat(converting.text()).isEqualTo(CSV);
  }

  @Test
  void recordsWithoutNewlinesMustBeWhole() throws IOException {
    String yaml = TO_CSV.replace("fixed-length }", "fixed-length, newline: none }");
    byte[] whole = cp932(RECORDS.replace("\r\n", ""));

    assertThat(Converting.of(yaml, whole).text()).isEqualTo(CSV);
    assertThatThrownBy(() -> Converting.of(yaml, java.util.Arrays.copyOf(whole, 30)))
        .isInstanceOf(FileFault.class)
        .hasMessageContaining("KBN-EXCHANGE-034");
  }

  @Test
  void aCellThatIsTooWideIsNotCut() throws IOException {
    Converting converting = Converting.of(TO_FIXED, CSV + "14,高松市役所前,A,1\n");
    assertThat(converting.findings()).containsExactly("3 E0003 氏名");
  }
}
