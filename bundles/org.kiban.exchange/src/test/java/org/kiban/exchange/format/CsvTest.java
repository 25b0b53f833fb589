package org.kiban.exchange.format;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.exchange.ExchangeMessage;

class CsvTest {

  private static final String ANY =
      "input: { newline: any }\noutput: { newline: lf, quote: minimal }\n";
  private static final String AB = ANY + "columns: [{ name: a }, { name: b }]\n";

  private static void refused(ExchangeMessage code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(FileFault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }

  @Test
  void anEmptyFileIsRefusedUnlessItIsDeclared() throws IOException {
    refused(ExchangeMessage.FILE_EMPTY, () -> Converting.of(AB, ""));
    Converting accepted = Converting.of(AB.replace("any }", "any, empty-file: accept }"), "");
    assertThat(accepted.conversion.rowsRead()).isZero();
  }

  @Test
  void aHeaderAloneIsAFileOfNoRows() throws IOException {
    Converting converting = Converting.of(AB, "a,b\r\n");
    assertThat(converting.conversion).isEqualTo(new Conversion(0, 0, 0, 0, 5, 4));
    refused(
        ExchangeMessage.FILE_TOO_FEW_ROWS,
        () -> Converting.of(AB + "maximum: { minimum-rows: 1 }\n", "a,b\r\n"));
  }

  @Test
  void theHeaderMustBeTheDeclaredOne() {
    refused(ExchangeMessage.HEADER_NAME, () -> Converting.of(AB, "a,c\n1,2\n"));
    refused(ExchangeMessage.HEADER_CELLS, () -> Converting.of(AB, "a\n1\n"));
    refused(ExchangeMessage.HEADER_UNREADABLE, () -> Converting.of(AB, "a,\"b\"x\n"));
  }

  @Test
  void aRowOfAnotherWidthGoesToQuarantineWithItsBytes() throws IOException {
    Converting converting = Converting.of(AB, "a,b\n1,2\n1,2,3\r\n\n5,6");

    assertThat(converting.text()).isEqualTo("a,b\n1,2\n5,6\n");
    assertThat(converting.findings())
        .containsExactly("2 KBN-EXCHANGE-050 null", "3 KBN-EXCHANGE-050 null");
    assertThat(converting.rejects.get(0).raw()).asString(UTF_8).isEqualTo("1,2,3\r\n");
    assertThat(converting.rejects.get(0).line()).isEqualTo(3);
    assertThat(converting.conversion.rowsRead()).isEqualTo(4);
  }

  @Test
  void quotedCellsMayHoldDelimitersQuotesAndNewlines() throws IOException {
    String rows = "\"1,\r\n2\",\"say \"\"x\"\"\"\n\"\",\"\"\"\"\n";
    Converting converting =
        Converting.of(
            AB.replace("name: a", "name: a, multiline: true"), "a,b\n" + rows + "x,y,z\n");

    assertThat(converting.text()).isEqualTo("a,b\n\"1,\r\n2\",\"say \"\"x\"\"\"\n,\"\"\"\"\n");
    assertThat(converting.rejects.get(0).line()).as("lines count inside cells").isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"x,2", "1\"2,3", "\"1\" ,2", "1,2\"", "\"a\"\"b\"c,d"})
  void aStrayQuotationMarkCostsItsRow(String row) throws IOException {
    Converting converting = Converting.of(AB, "a,b\n" + row + "\n3,4\n");

    assertThat(converting.text()).isEqualTo("a,b\n3,4\n");
    assertThat(converting.rejects).hasSize(1);
    assertThat(converting.rejects.get(0).raw()).asString(UTF_8).isEqualTo(row + "\n");
  }

  @Test
  void aQuotationMarkThatIsNeverClosedNamesItsRow() {
    assertThatThrownBy(() -> Converting.of(AB, "a,b\n1,2\n3,\"4\n5,6\n"))
        .isInstanceOf(FileFault.class)
        .hasMessageContaining("KBN-EXCHANGE-028")
        .hasMessageContaining("row 2 (line 3, column 2)");
  }

  @Test
  void nulBytesCostTheirRow() throws IOException {
    Converting converting = Converting.of(AB, "a,b\n1,\0\n\"\0\",2\n3,4\n");

    assertThat(converting.findings()).containsExactly("1 E0002 b", "2 E0002 a");
    assertThat(converting.text()).isEqualTo("a,b\n3,4\n");
  }

  @Test
  void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
    InputStream endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            assertThat(given += length).isLessThan(1 << 23);
            java.util.Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            return length;
          }
        };
    refused(
        ExchangeMessage.ROW_TOO_LONG,
        () ->
            new FileConverter(Converting.declaration(ANY))
                .convert(endless, 0, java.io.OutputStream.nullOutputStream(), reject -> {}));
  }

  @Test
  void byteOrderMarksMustBeWhatIsDeclared() throws IOException {
    String mark = "\uFEFF";
    refused(ExchangeMessage.BOM_NOT_ALLOWED, () -> Converting.of(AB, mark + "a,b\n"));
    refused(
        ExchangeMessage.BOM_OF_OTHER_CHARSET,
        () -> Converting.of(AB, (mark + "a,b\n").getBytes(UTF_16LE)));
    refused(
        ExchangeMessage.BOM_OF_OTHER_CHARSET,
        () -> Converting.of(AB.replace("any }", "any, charset: windows-31j }"), mark + "a,b\n"));
    refused(
        ExchangeMessage.BOM_MISSING,
        () -> Converting.of(AB.replace("any }", "any, bom: required }"), "a,b\n"));
    String both = AB.replace("any }", "any, bom: optional }").replace("lf,", "lf, bom: write,");
    assertThat(Converting.of(both, mark + "a,b\n1,2\n").text()).isEqualTo(mark + "a,b\n1,2\n");
  }

  @Test
  void rowsMustEndAsDeclared() throws IOException {
    String crlf = AB.replace("newline: any", "newline: crlf");
    assertThat(Converting.of(crlf, "a,b\r\n1,2\r\n3,4\n5,6").findings())
        .containsExactly("2 KBN-EXCHANGE-052 null");
    assertThat(Converting.of(AB, "a,b\r1,2\r\n3,4\n").text()).isEqualTo("a,b\n1,2\n3,4\n");
  }

  @Test
  void limitsOfTheFileHold() {
    refused(
        ExchangeMessage.FILE_TOO_MANY_ROWS,
        () -> Converting.of(AB + "maximum: { rows: 1 }\n", "a,b\n1,2\n3,4\n"));
    refused(
        ExchangeMessage.FILE_TOO_MANY_BYTES,
        () -> Converting.of(AB + "maximum: { bytes: 8 }\n", "a,b\n1,2\n3,4\n"));
    refused(
        ExchangeMessage.ROW_TOO_LONG,
        () -> Converting.of(AB + "maximum: { row-bytes: 8 }\n", "a,b\n1,23456789\n"));
  }

  @Test
  void absentValuesHaveTheirText() throws IOException {
    String yaml =
        """
        input: { newline: any, null-text: NULL }
        output: { newline: lf, quote: all, null-text: '\\N' }
        """;
    assertThat(Converting.of(yaml, "a,b\nNULL,\n\"NULL\",1\n").text())
        .isEqualTo("\"a\",\"b\"\n\\N,\\N\n\"NULL\",\"1\"\n");
  }

  @Test
  void withoutQuotationMarksACellThatNeedsThemIsNotWritten() throws IOException {
    String yaml =
        "input: { newline: any }\noutput: { newline: lf, quote: none, delimiter: \"\\t\" }\n";
    Converting converting = Converting.of(yaml, "a,b\n\"1,5\",2\n\"3\t\",4\n");

    assertThat(converting.text()).isEqualTo("a\tb\n1,5\t2\n");
    assertThat(converting.rejects).hasSize(1);
  }

  /** Random tables, written by ourselves in every quoting and read by another's parser. */
  @ParameterizedTest
  @ValueSource(strings = {"all", "minimal", "preserve"})
  void whatIsWrittenIsWhatAnotherParserReads(String quote) throws IOException {
    long seed = Long.getLong("kiban.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int columns = 2 + random.nextInt(5);
      List<List<String>> table = table(random, columns);
      String yaml =
          "input: { newline: any, header: none }\noutput: { quote: %s, header: none }\n"
              .formatted(quote);
      String csv = csv(random, table);

      Converting whole = Converting.of(yaml, csv);
      List<List<String>> read = new ArrayList<>();
      try (CsvReader<CsvRecord> reader =
          CsvReader.builder().skipEmptyLines(false).ofCsvRecord(whole.text())) {
        reader.forEach(record -> read.add(List.copyOf(record.getFields())));
      }

      assertThat(read).as("seed %d round %d", seed, round).isEqualTo(table);
      assertThat(Converting.drop(yaml, csv.getBytes(UTF_8)).output).isEqualTo(whole.output);
    }
  }

  private static List<List<String>> table(Random random, int columns) {
    String[] pieces = {"", "a", "漢", "𠮷", ",", "\"", "\r\n", "\n", "\r", " ", "ｱ", "=1+1"};
    List<List<String>> table = new ArrayList<>();
    for (int row = 1 + random.nextInt(6); row > 0; row--) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        StringBuilder cell = new StringBuilder();
        for (int k = random.nextInt(4); k > 0; k--) {
          cell.append(pieces[random.nextInt(pieces.length)]);
        }
        cells.add(cell.toString());
      }
      table.add(cells);
    }
    return table;
  }

  private static String csv(Random random, List<List<String>> table) {
    StringBuilder csv = new StringBuilder();
    for (List<String> row : table) {
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        boolean quoted = cell.matches("(?s).*[,\"\r\n].*") || random.nextBoolean();
        csv.append(i > 0 ? "," : "");
        csv.append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
      }
      csv.append(random.nextBoolean() ? "\r\n" : "\n");
    }
    return csv.toString();
  }
}
