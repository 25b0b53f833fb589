package org.kiban.exchange.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.exchange.ExchangeMessage;

/**
 * Files of many buffers, in whatever pieces they arrive: rows wait for each other and buffers move
 * beneath them, and nothing of it may be seen.
 */
class ManyRowsTest {

  private static final int ROWS = 8_000;
  private static final String YAML =
      """
      input: { newline: any, header: none, charset: %s }
      output: { newline: lf, header: none, quote: all, charset: %s }
      columns: [{ name: a, type: 9, length: 7 }, { name: b, multiline: true }, { name: c }]
      key: [a]
      maximum: { row-bytes: 1048576 }
      """;

  private final long seed = Long.getLong("kiban.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final StringBuilder file = new StringBuilder();
  private final StringBuilder expected = new StringBuilder();
  private final List<String> rejected = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"windows-31j", "utf-8", "utf-16le", "iso-2022-jp"})
  void whatIsWrittenAndRejectedIsWhatWasMade(String charset) throws IOException {
    make();
    byte[] bytes = file.toString().getBytes(Charset.forName(charset));
    String yaml = YAML.formatted(charset, "utf-8");

    for (int most : new int[] {Integer.MAX_VALUE, 70_000, 300}) {
      Converting converting = Converting.of(yaml, pieces(bytes, most));

      assertThat(converting.text()).as("seed %d", seed).isEqualTo(expected.toString());
      assertThat(converting.rejects).extracting(r -> raw(r, charset)).isEqualTo(rejected);
      assertThat(converting.rejects).extracting(Reject::line).isEqualTo(lines);
      assertThat(converting.conversion.rowsRead()).isEqualTo(ROWS);
      assertThat(converting.conversion.bytesRead()).isEqualTo(bytes.length);
      assertThat(converting.conversion.bytesWritten()).isEqualTo(converting.output.length);
    }
  }

  private static String raw(Reject reject, String charset) {
    return new String(reject.raw(), Charset.forName(charset));
  }

  private void make() {
    Set<Integer> keys = new HashSet<>();
    long line = 1;
    for (int row = 0; row < ROWS; row++) {
      int key = random.nextInt(ROWS * 20);
      String text = text();
      boolean wide = random.nextInt(100) == 0;
      boolean stray = random.nextInt(100) == 0;
      String cell = stray ? "x\"" + text.replaceAll("[\",\n]", "") : quoted(text);
      String raw = key + "," + cell + ",漢" + (wide ? ",too,many" : "") + "\n";
      file.append(raw);
      if (stray || wide || !keys.add(key)) {
        rejected.add(raw);
        lines.add(line);
      } else {
        expected.append('"' + "" + key + "\",\"" + text.replace("\"", "\"\"") + "\",\"漢\"\n");
      }
      line += raw.chars().filter(c -> c == '\n').count();
    }
  }

  private String text() {
    String[] pieces = {"a", "倉敷", "\"", ",", "\n", "ア", "0123456789", "住所"};
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(2_000) == 0 ? 50_000 : random.nextInt(20);
    for (int i = 0; i < length; i++) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  private String quoted(String text) {
    return random.nextBoolean() || text.matches("(?s).*[\",\n].*")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private ByteArrayInputStream pieces(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(most)));
      }
    };
  }

  @Test
  void rowsBeforeAFaultAreRejectedBeforeIt() {
    byte[] bytes = ("1,x,\n1,y,\n2," + "z".repeat(100)).getBytes(UTF_8);
    String yaml = YAML.formatted("utf-8", "utf-8").replace("1048576", "64");
    List<Long> told = new ArrayList<>();
    FileConverter converter = new FileConverter(Converting.declaration(yaml));

    assertThatThrownBy(
            () ->
                converter.convert(
                    new ByteArrayInputStream(bytes),
                    0,
                    new ByteArrayOutputStream(),
                    reject -> told.add(reject.row())))
        .isInstanceOf(FileFault.class);

    assertThat(told).containsExactly(2L);
  }

  /** What fails on either thread is thrown to the caller, and neither goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"input", "output", "rejects"})
  void aFailureInTheMiddleEndsBothThreads(String where) {
    byte[] bytes = "1,x,\n".repeat(400_000).getBytes(UTF_8);
    InputStream in =
        where.equals("input")
            ? new SequenceInputStream(new ByteArrayInputStream(bytes), failing())
            : new ByteArrayInputStream(bytes);
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("output");
          }
        };
    Rejects rejects =
        reject -> {
          if (where.equals("rejects") && reject.row() == 200_000) {
            throw new IOException("rejects");
          }
        };
    // One row of this key is written, all others are rejected.
    FileConverter converter =
        new FileConverter(
            Converting.declaration(
                where.equals("output")
                    ? YAML.formatted("utf-8", "utf-8").replace("key: [a]\n", "")
                    : YAML.formatted("utf-8", "utf-8")));

    assertThatThrownBy(() -> converter.convert(in, bytes.length, out, rejects))
        .isInstanceOf(IOException.class)
        .hasMessage(where);

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain(Thread.currentThread().getName() + "-rows");
  }

  private static InputStream failing() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("input");
      }
    };
  }

  @Test
  void aFaultOfAnEarlierRowComesBeforeOneOfALater() {
    String rows = "1,x,\n".repeat(100_000) + "1,\"never closed";
    String yaml = YAML.formatted("utf-8", "utf-8") + "mode: all-or-nothing\n";

    assertThatThrownBy(() -> Converting.of(yaml, rows))
        .isInstanceOfSatisfying(
            FileFault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(ExchangeMessage.FILE_ALL_OR_NOTHING);
              assertThat(fault.rejects()).extracting(Reject::row).startsWith(2L).endsWith(21L);
            });
  }
}
