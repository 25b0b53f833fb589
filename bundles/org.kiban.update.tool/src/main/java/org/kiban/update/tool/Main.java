package org.kiban.update.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kiban.addon.tool.Arguments;
import org.kiban.addon.tool.VendorKey;
import org.kiban.core.KibanException;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.update.tuf.TufClient;

/** The command line of the tool. */
public final class Main {

  private static final String USAGE =
      """
      kiban update tool / 更新リポジトリツール
        keygen  <key.pem>                  a key, and its public half in <key.pub.pem> / 鍵と公開鍵を作る
        init    <repo> --root <key.pem>… --targets <key.pem>… --snapshot <key.pem> --timestamp <key.pem>
                [--threshold <n>] [--days <n>]                    an empty repository / 空のリポジトリを作る
        add     <repo> <file> --kind addon --id <id> --version <v> --targets <key.pem>…
                [--lane urgent|normal] [--ja <text>] [--en <text>] [--role <role>] [--days <n>]   put a file in / 加える
        remove  <repo> <path> --targets <key.pem>… [--role <role>] [--days <n>]   take a file out / 取り除く
        delegate   <repo> <role> --path <pattern>… --key <key.pub.pem>… --targets <key.pem>…
                [--threshold <n>] [--role <role>] [--days <n>]   entrust a vendor with files / ベンダーに任せる
        undelegate <repo> <role> --targets <key.pem>… [--role <role>] [--days <n>]   no longer / 任せるのをやめる
        publish <repo> --snapshot <key.pem> --timestamp <key.pem> [--days <n>]    make it visible / 公開する
        rotate  <repo> --role <role> --key <key.pub.pem>… --root <key.pem>…
                [--threshold <n>] [--days <n>]                    other keys for a role / 鍵を替える
        sign    <file> --key <key.pem>                            one more signature / 署名を加える
        verify  <repo> --anchor <root.json>                       as a node does / ノードと同じ検査をする
      """;
  private static final Set<String> OPTIONS =
      Set.of(
          "--root",
          "--targets",
          "--snapshot",
          "--timestamp",
          "--threshold",
          "--days",
          "--kind",
          "--id",
          "--version",
          "--lane",
          "--ja",
          "--en",
          "--role",
          "--key",
          "--path",
          "--anchor");
  private static final String TARGETS = "targets";
  private static final String YEAR = "365";
  private static final String MONTH = "30";

  private final PrintStream out;
  private final InstantSource clock;

  Main(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /**
   * Runs a command.
   *
   * @param arguments verb first
   */
  public static void main(String[] arguments) {
    try {
      new Main(System.out, InstantSource.system()).run(List.of(arguments));
    } catch (KibanException e) {
      fail(e.describe(Locale.getDefault()));
    } catch (IllegalArgumentException e) {
      fail(e.getMessage() + System.lineSeparator() + USAGE);
    } catch (IOException e) {
      fail(e.toString());
    }
  }

  private static void fail(String why) {
    System.err.println(why);
    System.exit(1);
  }

  void run(List<String> words) throws IOException {
    String verb = words.isEmpty() ? "" : words.get(0);
    Arguments arguments =
        new Arguments(words.subList(Math.min(1, words.size()), words.size()), OPTIONS);
    Path place = Path.of(arguments.word(0, "the folder or file"));
    Publisher publisher = new Publisher(place, clock.instant());
    switch (verb) {
      case "keygen" -> keygen(place);
      case "init" -> init(publisher, arguments);
      case "add" -> add(publisher, arguments);
      case "remove" -> remove(publisher, arguments);
      case "delegate" -> delegate(publisher, arguments);
      case "undelegate" -> undelegate(publisher, arguments);
      case "publish" -> publish(publisher, arguments);
      case "rotate" -> rotate(publisher, arguments);
      case "sign" -> publisher.sign(place, VendorKey.read(Path.of(arguments.need("--key"))));
      case "verify" -> verify(place, arguments);
      default -> throw new IllegalArgumentException("no such command: " + verb);
    }
  }

  private void keygen(Path file) throws IOException {
    Path open = Path.of(file.toString().replaceFirst("\\.pem$", "") + ".pub.pem");
    VendorKey.writePublic(open, VendorKey.create(file).getPublic());
    out.println(file + "  (keep it secret / 秘密に保管)");
    out.println(open + "  (for who names it in a repository / リポジトリに載せる人に渡す)");
  }

  private static List<KeyPair> keys(Arguments arguments, String option) throws IOException {
    List<KeyPair> keys = new ArrayList<>();
    for (String file : needed(arguments, option)) {
      keys.add(VendorKey.read(Path.of(file)));
    }
    return keys;
  }

  private static List<PublicKey> publicKeys(Arguments arguments, String option) throws IOException {
    List<PublicKey> keys = new ArrayList<>();
    for (String file : needed(arguments, option)) {
      keys.add(VendorKey.readPublic(Path.of(file)));
    }
    return keys;
  }

  private static List<String> needed(Arguments arguments, String option) {
    arguments.need(option);
    return arguments.all(option);
  }

  private static int number(Arguments arguments, String option, String otherwise) {
    return Integer.parseInt(arguments.find(option).orElse(otherwise));
  }

  private void init(Publisher publisher, Arguments arguments) throws IOException {
    if (Files.exists(publisher.folder().resolve("metadata"))) {
      throw new IllegalArgumentException(publisher.folder() + " is a repository already");
    }
    int days = number(arguments, "--days", YEAR);
    ObjectNode root = publisher.first("root", days).put("consistent_snapshot", true);
    Publisher.role(
        root, "root", number(arguments, "--threshold", "1"), publicKeys(arguments, "--root"));
    for (String role : List.of("targets", "snapshot", "timestamp")) {
      Publisher.role(root, role, 1, publicKeys(arguments, "--" + role));
    }
    out.println(publisher.write(root, keys(arguments, "--root")) + "  (for operators / 運用者に渡す)");
    ObjectNode targets = publisher.first(TARGETS, days);
    targets.putObject(TARGETS);
    publisher.write(targets, keys(arguments, "--targets"));
    publish(publisher, arguments);
  }

  private void add(Publisher publisher, Arguments arguments) throws IOException {
    ObjectNode custom = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("kind", "id", "version")) {
      custom.put(field, arguments.need("--" + field));
    }
    custom.put("lane", arguments.find("--lane").orElse("normal"));
    custom.put("ja", arguments.find("--ja").orElse(""));
    custom.put("en", arguments.find("--en").orElse(""));
    Path file = Path.of(arguments.word(1, "the file"));
    String role = role(arguments);
    String path = custom.path("kind").asText() + "/" + file.getFileName();
    if (!role.equals(TARGETS) && !publisher.entrusts(role, path)) {
      throw new IllegalArgumentException(
          "nobody entrusts " + role + " with " + path + ": call delegate first");
    }
    int days = number(arguments, "--days", YEAR);
    boolean begin = !publisher.offering().contains(role);
    ObjectNode targets = begin ? publisher.first(TARGETS, days) : publisher.next(role, days);
    publisher.add(targets, path, file, custom);
    publisher.writeTargets(role, targets, keys(arguments, "--targets"));
    out.println(path);
  }

  private static String role(Arguments arguments) {
    return arguments.find("--role").orElse(TARGETS);
  }

  private void delegate(Publisher publisher, Arguments arguments) throws IOException {
    ObjectNode targets = publisher.next(role(arguments), number(arguments, "--days", YEAR));
    Publisher.delegate(
        targets,
        arguments.word(1, "the role"),
        needed(arguments, "--path"),
        number(arguments, "--threshold", "1"),
        publicKeys(arguments, "--key"));
    out.println(publisher.writeTargets(role(arguments), targets, keys(arguments, "--targets")));
  }

  private void undelegate(Publisher publisher, Arguments arguments) throws IOException {
    ObjectNode targets = publisher.next(role(arguments), number(arguments, "--days", YEAR));
    String other = arguments.word(1, "the role");
    if (!Publisher.withdraw(targets, other)) {
      throw new IllegalArgumentException("no such role: " + other);
    }
    out.println(publisher.writeTargets(role(arguments), targets, keys(arguments, "--targets")));
  }

  private void remove(Publisher publisher, Arguments arguments) throws IOException {
    ObjectNode targets = publisher.next(role(arguments), number(arguments, "--days", YEAR));
    if (targets.withObject("/targets").remove(arguments.word(1, "the path")) == null) {
      throw new IllegalArgumentException("no such file in the repository");
    }
    publisher.writeTargets(role(arguments), targets, keys(arguments, "--targets"));
  }

  private void publish(Publisher publisher, Arguments arguments) throws IOException {
    int days = number(arguments, "--days", MONTH);
    Path metadata = publisher.folder().resolve("metadata");
    boolean begin = !Files.exists(metadata.resolve("timestamp.json"));
    ObjectNode snapshot =
        begin ? publisher.first("snapshot", days) : publisher.next("snapshot", days);
    for (String role : publisher.offering()) {
      ObjectNode meta = snapshot.withObject("/meta");
      meta.putObject(role + ".json").put("version", publisher.version(role));
    }
    publisher.write(snapshot, keys(arguments, "--snapshot"));
    ObjectNode timestamp =
        begin ? publisher.first("timestamp", days) : publisher.next("timestamp", days);
    timestamp
        .withObject("/meta")
        .putObject("snapshot.json")
        .put("version", snapshot.path("version").asLong());
    publisher.write(timestamp, keys(arguments, "--timestamp"));
    out.println(
        "state "
            + timestamp.path("version").asLong()
            + " until "
            + timestamp.path("expires").asText());
  }

  private void rotate(Publisher publisher, Arguments arguments) throws IOException {
    ObjectNode root = publisher.next("root", number(arguments, "--days", YEAR));
    String role = arguments.need("--role");
    if (!root.path("roles").has(role)) {
      throw new IllegalArgumentException("no such role: " + role);
    }
    Publisher.role(
        root, role, number(arguments, "--threshold", "1"), publicKeys(arguments, "--key"));
    Publisher.tidyKeys(root);
    out.println(publisher.write(root, keys(arguments, "--root")));
  }

  private void verify(Path repository, Arguments arguments) throws IOException {
    Path state = Files.createTempDirectory("kiban-update");
    Instant now = clock.instant();
    TufClient client =
        new TufClient(
            state,
            new DurableFilesComponent(),
            Files.readAllBytes(Path.of(arguments.need("--anchor"))));
    TufClient.Trusted trusted = client.update(repository, now);
    for (var target : trusted.targets()) {
      TufClient.fetch(
          repository, trusted.consistent(), target, java.io.OutputStream.nullOutputStream());
      out.println(target.sha256() + "  " + target.path() + "  " + target.custom());
    }
    out.println(
        "root "
            + trusted.rootVersion()
            + ", state "
            + trusted.timestampVersion()
            + " until "
            + trusted.expires());
    for (KibanException left : trusted.problems().values()) {
      throw left;
    }
  }
}
