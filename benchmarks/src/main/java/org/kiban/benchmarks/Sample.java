package org.kiban.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/** Made-up residents' data in windows-31j, and the interface that they go through. */
final class Sample {

  private static final Charset CHARSET = Charset.forName("windows-31j");
  private static final String HEADER = "宛名番号,氏名,氏名カナ,生年月日,性別,市区町村コード,住所,異動区分\r\n";

  private Sample() {}

  static String declaration(String id, String... consumers) {
    StringBuilder list = new StringBuilder();
    for (String consumer : consumers) {
      list.append("  - { system: \"").append(consumer).append("\" }\n");
    }
    return """
        interface: %s
        name: 宛名異動データ
        provider: "031"
        receive:
          transport: directory
          ready: { suffix: .tmp }
        mode: row
        consumers:
        %s
        input: { profile: legacy-cp932 }
        output: { profile: standard }
        columns:
          - { name: 宛名番号, type: X, length: 15, required: true, check: addressee }
          - { name: 氏名, type: N, length: 80, required: true }
          - { name: 氏名カナ, type: N, length: 120 }
          - { name: 生年月日, type: DATE, required: true }
          - { name: 性別, type: X, length: 1, codes: { "1": 男, "2": 女 } }
          - { name: 市区町村コード, type: X, length: 6, required: true, check: municipality }
          - { name: 住所, type: N, length: 200 }
          - { name: 異動区分, type: X, length: 1, codes: { "1": 新規, "2": 変更, "9": 削除 } }
        key: [宛名番号]
        maximum: { rows: 100000000, bytes: 10737418240 }
        """
        .formatted(id, list.substring(0, list.length() - 1));
  }

  /** A file of about that many bytes; another number gives another content. */
  static byte[] file(int bytes, int number) {
    StringBuilder text = new StringBuilder(HEADER);
    for (int row = 0; text.length() * 17 / 10 < bytes; row++) {
      row(text, number * 1000L + row);
    }
    return text.toString().getBytes(CHARSET);
  }

  /** Writes a file of at least that many bytes; another number gives another content. */
  static long write(OutputStream out, long bytes, int number) throws IOException {
    byte[] header = HEADER.getBytes(CHARSET);
    out.write(header);
    long written = header.length;
    for (long serial = number * 1_000_000_000L; written < bytes; serial += 1000) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 1000; i++) {
        row(text, serial + i);
      }
      byte[] block = text.toString().getBytes(CHARSET);
      out.write(block);
      written += block.length;
    }
    return written;
  }

  private static void row(StringBuilder text, long serial) {
    text.append(addressee(serial))
        .append(",倉敷　太郎,クラシキ　タロウ,19")
        .append(50 + serial % 50)
        .append("-04-")
        .append(10 + serial % 20)
        .append(',')
        .append(1 + serial % 2)
        .append(",332020,岡山県倉敷市西中新田六百四十番地,")
        .append(1 + serial % 2)
        .append("\r\n");
  }

  /** Serial of 14 digits and its check digit (modulus 11, weights 2 to 7 from the right). */
  private static String addressee(long serial) {
    String digits = "%014d".formatted(serial);
    int sum = 0;
    for (int i = 0; i < 14; i++) {
      sum += (digits.charAt(13 - i) - '0') * (2 + i % 6);
    }
    int rest = sum % 11;
    return digits + (rest < 2 ? 0 : 11 - rest);
  }
}
