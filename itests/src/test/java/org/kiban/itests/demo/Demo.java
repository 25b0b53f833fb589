package org.kiban.itests.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.kiban.itests.Distribution;
import org.kiban.itests.NodeProcess;
import org.kiban.itests.Shell;

/**
 * {@code mvn -Pdemo}: an operator's first hour with the built distribution, in a temporary folder.
 * Ends without an exception only if everything it shows was seen to hold.
 */
public final class Demo implements AutoCloseable {

  private static final String KURASHIKI = "332020";
  private static final String TAKAMATSU = "372013";
  private static final String ATENA = "031-atena";
  private static final String LOCALGOV = "030-localgov";
  private static final int ROWS = 10_000;
  private static final int BAD_EVERY = 500;
  private static final int STREAM = 600;
  private static final long FEED_NANOS = 5_000_000; // so that the stream goes on over the kill

  private final Stage stage = new Stage();
  private final ObjectMapper json = new ObjectMapper();
  private final AddresseeFile big = new AddresseeFile(KURASHIKI, 1_000_000, ROWS, BAD_EVERY);
  private final NodeProcess node;

  private Demo(Path work) {
    node = NodeProcess.create(Distribution.shared().home(), work.resolve("node"));
    node.with("KIBAN_LANG", "ja_JP.UTF-8");
    stage.call(node.data(), "$KIBAN_DATA");
    stage.call(node.etc(), "$KIBAN_ETC");
  }

  /** Plays it; throws if anything did not hold. */
  public static void main(String[] arguments) throws IOException {
    Path work = Files.createTempDirectory("kiban-demo-");
    System.setProperty("kiban.work", work.toString());
    boolean held;
    try (Demo demo = new Demo(work)) {
      held = demo.play();
    }
    if (!held) {
      throw new IllegalStateException("the demonstration failed; its files are in " + work);
    }
    Distribution.delete(work);
  }

  private boolean play() {
    stage.step("起動と状態 / start and status", this::start);
    stage.step("倉敷市と高松市 / two municipalities", this::municipalities);
    stage.step("業務システムと連携の定義 / partners and interfaces", this::interfaces);
    stage.step("試し検査 / dry run of 10,000 宛名", this::dryRun);
    stage.step("受信から配信まで / the file's way", this::deliver);
    stage.step("隔離レポート / quarantine report", this::quarantine);
    stage.step("同じファイルをもう一度 / the same file again", this::again);
    stage.step("市区町村一覧 / list of municipalities, byte for byte", this::realFile);
    stage.step("高松市だけ止める / one is disabled, the other works", this::isolation);
    stage.step("処理の途中で kill -9 / killed in the middle", this::killed);
    stage.step("台帳の検証 / ledgers verified", this::verify);
    stage.step("停止 / stop", this::stop);
    return stage.summary();
  }

  private void start() {
    String out = stage.kiban(node, 0, "start");
    stage.holds(out.contains("admin"), "管理者のパスワードは一度だけ表示 / password shown once");
    String status = stage.kiban(node, 0, "status");
    stage.holds(status.contains("● ready"), "準備完了 / ready");
  }

  private void municipalities() throws IOException {
    for (String code : List.of(KURASHIKI, TAKAMATSU)) {
      stage.kiban(node, 0, "exec", "municipality:enable " + code);
    }
    stage.kiban(node, 0, "exec", "municipality:list");
    for (String code : List.of(KURASHIKI, TAKAMATSU)) {
      stage.until("linkage of " + code, () -> runs(code, "exchange"));
    }
    stage.holds(true, "二団体とも連携が動作中 / the linkage of both runs");
  }

  private boolean runs(String code, String capability) {
    for (JsonNode each : ask("municipality:show --json " + code).get("capabilities")) {
      if (each.get("name").asText().equals(capability)) {
        return each.get("state").asText().equals("running");
      }
    }
    return false;
  }

  private void interfaces() throws IOException {
    for (String partner : List.of("031", "010", "023", "030", "029")) {
      stage.kiban(node, 0, "exec", partner(KURASHIKI, partner));
    }
    for (String partner : List.of("031", "010", "023")) {
      stage.kiban(node, 0, "exec", partner(TAKAMATSU, partner));
    }
    declare(KURASHIKI, ATENA);
    declare(KURASHIKI, LOCALGOV);
    declare(TAKAMATSU, ATENA);
    stage.until("interfaces in force", () -> active(KURASHIKI) == 2 && active(TAKAMATSU) == 1);
    stage.kiban(node, 0, "exec", "exchange:interface-list " + KURASHIKI);
    stage.kiban(node, 0, "exec", "exchange:interface-list " + TAKAMATSU);
    stage.holds(true, "定義が有効 / interfaces in force");
  }

  private static String partner(String code, String partner) {
    return "partner:add " + code + " " + partner + " --environment production";
  }

  private void declare(String code, String line) throws IOException {
    Path sample = node.etc().resolve("samples/exchange/" + KURASHIKI + "/" + line + ".yaml");
    String target = "exchange/" + code + "/" + line + ".yaml";
    stage.typed("cp %s %s".formatted(sample, node.etc().resolve(target)));
    node.configure(target, Files.readString(sample));
  }

  private long active(String code) {
    return stream(ask("exchange:interface-list --json " + code))
        .filter(i -> i.get("state").asText().equals("active"))
        .count();
  }

  private void dryRun() throws IOException {
    Path file = node.data().resolveSibling("ATENA_00000001.csv");
    Files.write(file, big.arriving());
    stage.call(file, "ATENA_00000001.csv");
    String test = "exchange:interface-test %s %s %s".formatted(KURASHIKI, ATENA, file);
    stage.kiban(node, 0, "exec", test);
    JsonNode result = ask(test.replace("test ", "test --json "));
    stage.holds(
        result.get("rows-quarantined").asInt() == big.badRows()
            && result.get("rows-received").asInt() == ROWS
            && ask("exchange:list --json " + KURASHIKI).isEmpty(),
        "誤りのある %d 行を予告し、何も残さない / foretells %d bad rows, leaves no trace"
            .formatted(big.badRows(), big.badRows()));
  }

  private void deliver() throws IOException {
    drop(KURASHIKI, ATENA, "ATENA_00000001.csv", big.arriving());
    stage.until("delivered", () -> count(KURASHIKI, "delivered") == 1);
    stage.kiban(node, 0, "exec", "exchange:trace " + KURASHIKI + " ATENA_00000001.csv");
    JsonNode row = ask("exchange:trace --json " + KURASHIKI + " ATENA_00000001.csv").get(0);
    stage.holds(
        row.get("rows-received").asInt() == ROWS
            && row.get("rows-delivered").asInt() == ROWS - big.badRows()
            && row.get("rows-quarantined").asInt() == big.badRows(),
        "受信 = 配信 + 隔離 / received = delivered + quarantined");
    for (String consumer : List.of("010", "023")) {
      Path delivered = out(KURASHIKI, consumer, ATENA).resolve("ATENA_00000001.csv");
      stage.holds(
          Arrays.equals(Files.readAllBytes(delivered), big.expected()),
          consumer + ": CP932 → UTF-8、期待どおりの内容 / exactly the expected bytes");
    }
  }

  private void quarantine() throws IOException {
    JsonNode row = ask("exchange:trace --json " + KURASHIKI + " ATENA_00000001.csv").get(0);
    Path rows = Path.of(row.get("quarantine").asText());
    Path report = Path.of(rows.toString().replaceFirst("\\.rows$", ".errors.csv"));
    stage.typed("cat " + report);
    String text = Files.readString(report);
    stage.shown(text.replace("\uFEFF", ""));
    Map<String, Integer> found = new TreeMap<>();
    text.lines().skip(1).forEach(l -> found.merge(l.split(",")[3], 1, Integer::sum));
    stage.holds(
        found.equals(big.bad()) && found.size() == 4,
        "誤りの内訳が一致 / as many of each kind as were made: " + found);
  }

  private void again() throws IOException {
    drop(KURASHIKI, ATENA, "ATENA_00000002.csv", big.arriving());
    stage.until("noticed", () -> count(KURASHIKI, "duplicate") == 1);
    stage.kiban(node, 0, "exec", "exchange:trace " + KURASHIKI + " ATENA_00000002.csv");
    stage.holds(
        Files.notExists(out(KURASHIKI, "010", ATENA).resolve("ATENA_00000002.csv")),
        "二度は配信しない / not delivered twice");
  }

  private void realFile() throws IOException {
    Path data = Path.of(System.getProperty("kiban.sources"), "../shared/data").normalize();
    Path sjis = data.resolve("localgovjp-20200104-sjis.csv");
    if (!Files.exists(sjis)) {
      stage.holds(true, "データがないため省略 / skipped: ../shared/data is not there");
      return;
    }
    drop(KURASHIKI, LOCALGOV, "localgovjp.csv", Files.readAllBytes(sjis));
    stage.until("delivered", () -> count(KURASHIKI, "delivered") == 2);
    Path delivered = out(KURASHIKI, "029", LOCALGOV).resolve("localgovjp.csv");
    Path utf8 = data.resolve("localgovjp-20200104-utf8.csv");
    stage.typed("cmp " + delivered + " " + utf8.getFileName());
    stage.holds(Files.mismatch(delivered, utf8) == -1, "1 バイトも違わない / byte for byte");
  }

  private void isolation() throws IOException {
    byte[] takamatsu = new AddresseeFile(TAKAMATSU, 5_000, 100, 0).arriving();
    stage.kiban(node, 0, "exec", "municipality:disable " + TAKAMATSU);
    int before = count(KURASHIKI, "delivered");
    drop(TAKAMATSU, ATENA, "ATENA_00000010.csv", takamatsu);
    drop(
        KURASHIKI,
        ATENA,
        "ATENA_00000010.csv",
        new AddresseeFile(KURASHIKI, 6_000, 100, 0).arriving());
    stage.until("Kurashiki goes on", () -> count(KURASHIKI, "delivered") == before + 1);
    String refusal = stage.kiban(node, 3, "exec", "exchange:list " + TAKAMATSU);
    stage.kiban(node, 0, "status");
    Path waiting = in(TAKAMATSU, ATENA).resolve("ATENA_00000010.csv");
    stage.holds(refusal.contains("KBN-NODE-037"), "高松市は応じない / the disabled one does not answer");
    stage.holds(Files.exists(waiting), "倉敷市は動き、高松市のファイルは待つ / one works, the other's file waits");
    stage.kiban(node, 0, "exec", "municipality:enable " + TAKAMATSU);
    stage.until(
        "delivered", () -> runs(TAKAMATSU, "exchange") && count(TAKAMATSU, "delivered") == 1);
    stage.holds(Files.notExists(waiting), "再開すると届く / delivered once it is back");
  }

  private void killed() throws Exception {
    Map<String, AddresseeFile> files = new LinkedHashMap<>();
    for (int i = 0; i < STREAM; i++) {
      files.put("ATENA_2%07d.csv".formatted(i), new AddresseeFile(KURASHIKI, 1_000L * i, 20, 0));
    }
    List<Path> outs = List.of(out(KURASHIKI, "010", ATENA), out(KURASHIKI, "023", ATENA));
    for (Path out : outs) {
      Files.delete(out.resolve("ATENA_00000001.csv"));
      Files.delete(out.resolve("ATENA_00000010.csv"));
    }
    stage.shown("# 提供側が %d ファイルを送り続け、利用側 010 と 023 は届くたびに取る".formatted(STREAM));
    try (Taker taker = new Taker(outs)) {
      Thread feeder = new Thread(() -> feed(files));
      feeder.start();
      stage.until("some were taken", () -> taker.count() >= STREAM / 4);
      stage.typed("kill -9 " + node.process().orElseThrow().pid());
      node.kill();
      int taken = taker.count();
      stage.holds(
          taken < 2 * STREAM, "途中で停止: %d / %d / killed in the middle".formatted(taken, 2 * STREAM));
      stage.kiban(node, 1, "status");
      feeder.join();
      stage.kiban(node, 0, "start");
      stage.until("all were taken", () -> taker.count() >= 2 * STREAM);
      stage.until("nothing is owed", () -> count(KURASHIKI, "accepted") == 0);
      stage.holds(
          taker.count() == 2 * STREAM
              && files.entrySet().stream()
                  .allMatch(f -> taker.once(f.getKey(), f.getValue().expected())),
          "%d ファイルすべて、各利用側に一度だけ、正しい内容で / each file once, right".formatted(STREAM));
    }
    stage.holds(
        empty(in(KURASHIKI, ATENA)) && outs.stream().allMatch(o -> empty(o.resolve(".kiban"))),
        "失われず、重ならず、書きかけも残らない / nothing lost, doubled or half-written");
  }

  private void feed(Map<String, AddresseeFile> files) {
    files.forEach(
        (name, file) -> {
          put(KURASHIKI, ATENA, name, file.arriving());
          LockSupport.parkNanos(FEED_NANOS);
        });
  }

  private void verify() {
    for (String code : List.of(KURASHIKI, TAKAMATSU)) {
      stage.kiban(node, 0, "exec", "exchange:verify " + code);
      stage.holds(
          ask("exchange:verify --json " + code).get("findings").isEmpty(),
          code + ": 台帳と配信済みファイルに異常なし / ledger and delivered files as written");
    }
  }

  private void stop() {
    stage.kiban(node, 0, "stop");
    stage.holds(node.process().isEmpty(), "停止 / stopped");
  }

  private void drop(String code, String line, String name, byte[] content) {
    stage.typed("cp %s %s/%s.tmp && mv …".formatted(name, in(code, line), name));
    put(code, line, name, content);
  }

  /** As a provider does: under a temporary name, then renamed. */
  private void put(String code, String line, String name, byte[] content) {
    try {
      Path beside = in(code, line).resolve(name + ".tmp");
      Files.write(beside, content);
      Files.move(beside, in(code, line).resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private int count(String code, String state) {
    return ask("exchange:list --json --limit 10000 --state " + state + " " + code).size();
  }

  private JsonNode ask(String command) {
    Shell.Result result = node.exec(command).expect(0);
    try {
      return json.readTree(result.out());
    } catch (IOException e) {
      throw new Stage.Missed(command + " answers no JSON: " + result.out());
    }
  }

  private Path in(String code, String line) {
    return node.data().resolve(code + "/exchange/in/" + line);
  }

  private Path out(String code, String consumer, String line) {
    return node.data().resolve(code + "/exchange/out/" + consumer + "/" + line);
  }

  private static boolean empty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    Collection<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all.stream();
  }

  @Override
  public void close() {
    node.close();
  }
}
