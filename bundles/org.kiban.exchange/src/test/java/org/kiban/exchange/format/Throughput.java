package org.kiban.exchange.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.DeclarationReader;

/**
 * Measures the engine alone: {@code java -Xmx64m … Throughput [megabytes] [key]} makes a CP932 file
 * of made-up residents as it goes, in memory, and throws the UTF-8 away. Prints MB/s of input and
 * the peak of the heap; run it with a small {@code -Xmx} to see that memory does not grow.
 */
final class Throughput {

  private static final String INTERFACE =
      """
      interface: test
      name: 速さ
      provider: "031"
      consumers: [{ system: "010" }]
      input: { profile: legacy-cp932 }
      output: { profile: standard }
      maximum: { bytes: 1099511627776, rows: 10000000000 }
      columns:
        - { name: 宛名番号, type: X, length: 15, required: true }
        - { name: 氏名, type: N, length: 80, required: true }
        - { name: 氏名カナ, type: N, length: 120 }
        - { name: 生年月日, type: DATE, required: true }
        - { name: 性別, type: X, length: 1, codes: { "1": 男, "2": 女 } }
        - { name: 住所, type: N, length: 200 }
        - { name: 金額, type: 9V, length: 9, scale: 2 }
        - { name: 異動日, type: DATE }
      rules:
        - { column: 生年月日, not-after: 異動日 }
      """;

  private Throughput() {}

  /** Runs three times and prints each. */
  public static void main(String[] args) throws IOException {
    long bytes = (args.length > 0 ? Long.parseLong(args[0]) : 1000) * 1_000_000L;
    boolean key = args.length > 1;
    String yaml = key ? INTERFACE + "key: [宛名番号]\n" : INTERFACE;
    Declaration declaration = new DeclarationReader().read("test.yaml", yaml.getBytes(UTF_8));
    for (int i = 0; i < 3; i++) {
      Residents in = new Residents(bytes);
      long start = System.nanoTime();
      long startOfCpu = cpu();
      Conversion done =
          new FileConverter(declaration)
              .convert(in, bytes, OutputStream.nullOutputStream(), Throughput::never);
      double seconds = (System.nanoTime() - start) / 1e9;
      double processor = (cpu() - startOfCpu - in.nanos) / 1e9;
      System.out.printf(
          "%,d rows, %,d → %,d bytes: %.0f MB/s (%.2f s),"
              + " %.0f MB per second of processor (%.2f s without making the input), peak heap %d MB%n",
          done.rowsRead(),
          done.bytesRead(),
          done.bytesWritten(),
          done.bytesRead() / 1e6 / seconds,
          seconds,
          done.bytesRead() / 1e6 / processor,
          processor,
          peak() >> 20);
    }
  }

  private static void never(Reject reject) {
    throw new IllegalStateException(reject.findings().toString());
  }

  /** Of this thread: the number that a busy machine does not spoil. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Rows that differ in their number only. */
  private static final class Residents extends InputStream {
    private static final byte[] HEADER =
        "宛名番号,氏名,氏名カナ,生年月日,性別,住所,金額,異動日\r\n".getBytes(Converting.CP932);
    private static final byte[] ROW =
        ("\"000000000000000\",\"倉敷　太郎\",\"クラシキ　タロウ\",\"1975-04-01\",\"1\","
                + "\"岡山県倉敷市西中新田６４０番地　市役所本庁舎　三階　情報政策課\",\"123456.78\",\"2026-11-23\"\r\n")
            .getBytes(Converting.CP932);

    private final long wanted;
    private final byte[] block;
    private long given;
    private long number;
    private int at;
    long nanos;

    Residents(long wanted) {
      this.wanted = wanted;
      ByteArrayOutputStream rows = new ByteArrayOutputStream();
      for (int i = 0; i < 1000; i++) {
        rows.writeBytes(ROW);
      }
      block = rows.toByteArray();
      at = block.length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (given == 0) {
        System.arraycopy(HEADER, 0, buffer, offset, HEADER.length);
        given = HEADER.length;
        return HEADER.length;
      }
      if (at == block.length) {
        if (given >= wanted) {
          return -1;
        }
        renumber();
      }
      int n = Math.min(length, block.length - at);
      System.arraycopy(block, at, buffer, offset, n);
      at += n;
      given += n;
      return n;
    }

    private void renumber() {
      long start = cpu();
      for (int row = 0; row < block.length; row += ROW.length) {
        long rest = ++number;
        for (int i = row + 15; i > row; i--) {
          block[i] = (byte) ('0' + rest % 10);
          rest /= 10;
        }
      }
      at = 0;
      nanos += cpu() - start;
    }
  }
}
