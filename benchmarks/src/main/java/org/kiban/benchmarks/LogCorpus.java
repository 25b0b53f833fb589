package org.kiban.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A log of a business system, mixed Japanese, the same at each call.
 *
 * @param file where it lies
 * @param lines how many it has
 */
record LogCorpus(Path file, long lines) {

  private static final String[] WHAT = {
    "住民票の写しを発行しました",
    "照会が完了しました",
    "宛名番号の更新に失敗しました（再試行します）",
    "ログインしました",
    "帳票を出力しました",
    "税額通知書を作成しています",
    "接続がタイムアウトしました",
    "received a request",
    "cache was refreshed",
    "バッチ処理を開始します"
  };

  /** Writes about so many MB. */
  static LogCorpus write(Path file, int megabytes) throws IOException {
    Random random = new Random(20261123);
    long lines = 0;
    long left = megabytes * 1_000_000L;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      while (left > 0) {
        byte[] line = line(random, lines++).getBytes(StandardCharsets.UTF_8);
        out.write(line);
        left -= line.length;
      }
    }
    return new LogCorpus(file, lines);
  }

  private static String line(Random random, long number) {
    long second = number / 200;
    StringBuilder line = new StringBuilder(256);
    line.append("2026-11-").append(two(1 + (int) (second / 86_400) % 28)).append('T');
    line.append(two((int) (second / 3600 % 24))).append(':').append(two((int) (second / 60 % 60)));
    line.append(':').append(two((int) (second % 60))).append('.').append(100 + number % 900);
    line.append("+09:00 INFO  [worker-").append(random.nextInt(64));
    line.append("] jp.lg.gyomu.Service").append(random.nextInt(40)).append(" 利用者=");
    line.append(100_000 + random.nextInt(900_000)).append(" 処理=");
    line.append(WHAT[random.nextInt(WHAT.length)]).append(" 所要=").append(random.nextInt(5000));
    line.append("ms 要求=").append(Long.toHexString(random.nextLong())).append(' ');
    line.append(WHAT[random.nextInt(WHAT.length)]).append(" 件数=").append(random.nextInt(1000));
    return line.append('\n').toString();
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
