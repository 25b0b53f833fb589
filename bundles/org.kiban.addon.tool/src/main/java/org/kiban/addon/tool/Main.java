package org.kiban.addon.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.kiban.addon.pack.AddonVersion;
import org.kiban.addon.pack.Limits;
import org.kiban.addon.pack.RevocationList;
import org.kiban.addon.pack.TrustStore;
import org.kiban.addon.pack.Verified;
import org.kiban.addon.pack.Verifier;
import org.kiban.core.KibanException;

/** The command line of the tool. It ends by an exception, so that Maven can call it too. */
public final class Main {

  private static final String USAGE =
      """
      kiban add-on tool / アドオンツール
        keygen  <key.pem> --vendor <name> --prefix <jp.example>   a key, and its trust file beside it / 鍵と信頼ファイルを作る
        pack    <out.kar> --manifest addon.yaml --license LICENSE --bundle <jar>… --key <key.pem>
                [--notice <file>] [--readme <file>] [--sbom <file>]   pack and sign / 梱包して署名する
        list    <kar> --trust <folder>                            what is in it / 内容を表示する
        verify  <kar> --trust <folder> [--node <version>]         as a node does / ノードと同じ検査をする
        revoke  <out.revoked> --key <key.pem> --number <n> [--of <key id>]… [--package <sha256>]…
                [--version '<id> [from,to)']…                     a revocation list / 失効リストを作る
      """;

  private final PrintStream out;

  Main(PrintStream out) {
    this.out = out;
  }

  /** How the tool fails: with a message instead of a stack. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Runs a command.
   *
   * @param arguments verb first
   */
  public static void main(String[] arguments) {
    new Main(System.out).run(List.of(arguments));
  }

  void run(List<String> arguments) {
    try {
      String verb = arguments.isEmpty() ? "" : arguments.get(0);
      List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
      switch (verb) {
        case "keygen" -> keygen(new Arguments(rest, Set.of("--vendor", "--prefix", "--keep")));
        case "pack" ->
            pack(
                new Arguments(
                    rest,
                    Set.of(
                        "--manifest",
                        "--license",
                        "--bundle",
                        "--key",
                        "--notice",
                        "--readme",
                        "--sbom")));
        case "list" -> list(new Arguments(rest, Set.of("--trust", "--node")), true);
        case "verify" -> list(new Arguments(rest, Set.of("--trust", "--node")), false);
        case "revoke" ->
            revoke(
                new Arguments(rest, Set.of("--key", "--number", "--of", "--package", "--version")));
        default -> throw new IllegalArgumentException("no such command: " + verb);
      }
    } catch (KibanException e) {
      throw new Failure(e.describe(Locale.getDefault()));
    } catch (IllegalArgumentException e) {
      throw new Failure(e.getMessage() + System.lineSeparator() + USAGE);
    } catch (IOException e) {
      throw new Failure(e.toString());
    }
  }

  private void keygen(Arguments arguments) throws IOException {
    Path file = Path.of(arguments.word(0, "the file of the key"));
    if (Files.exists(file) && arguments.find("--keep").equals(Optional.of("yes"))) {
      return;
    }
    KeyPair keys = VendorKey.create(file);
    Path trust =
        file.resolveSibling(file.getFileName().toString().replaceFirst("\\.pem$", "") + ".yaml");
    Files.writeString(
        trust,
        VendorKey.trustFile(
            keys,
            arguments.need("--vendor"),
            arguments.need("--prefix"),
            Year.now(Clock.systemDefaultZone()).getValue()));
    out.println(file + "  (keep it secret / 秘密に保管)");
    out.println(trust + "  (for operators / 運用者に渡す)");
  }

  private void pack(Arguments arguments) throws IOException {
    Packer packer =
        new Packer(
            Files.readAllBytes(Path.of(arguments.need("--manifest"))),
            Files.readAllBytes(Path.of(arguments.need("--license"))));
    for (List<String> file :
        List.of(
            List.of("--notice", "NOTICE"),
            List.of("--readme", "README.md"),
            List.of("--sbom", "sbom.cdx.json"))) {
      if (arguments.find(file.get(0)).isPresent()) {
        packer.file(file.get(1), Files.readAllBytes(Path.of(arguments.need(file.get(0)))));
      }
    }
    for (String bundle : arguments.all("--bundle")) {
      packer.bundle(Path.of(bundle));
    }
    byte[] kar = packer.pack(VendorKey.read(Path.of(arguments.need("--key"))));
    Path target = Path.of(arguments.word(0, "the file to write"));
    Files.write(target, kar);
    out.println(target + "  " + kar.length + " bytes");
  }

  private void list(Arguments arguments, boolean entries) {
    Optional<String> node =
        arguments
            .find("--node")
            .or(() -> Optional.ofNullable(Main.class.getPackage().getImplementationVersion()));
    Verifier verifier =
        new Verifier(
            TrustStore.read(Path.of(arguments.need("--trust"))),
            api -> api.startsWith("org.kiban.") ? node.map(AddonVersion::parse) : Optional.empty(),
            Clock.systemDefaultZone(),
            Limits.DEFAULT);
    Verified verified = verifier.verify(Path.of(arguments.word(0, "the package")));
    out.printf("%s %s%n", verified.manifest().id(), verified.manifest().version());
    out.printf("%s / %s%n", verified.manifest().nameJa(), verified.manifest().nameEn());
    out.printf("signed by %s (%s)%n", verified.signer().vendor(), verified.signer().keyId());
    out.printf("content %s%n", verified.sha256());
    if (entries) {
      verified.entries().forEach(e -> out.printf("%s %10d %s%n", e.sha256(), e.size(), e.path()));
    }
  }

  private void revoke(Arguments arguments) throws IOException {
    List<String> lines = new ArrayList<>(List.of("number " + arguments.need("--number")));
    arguments.all("--of").forEach(key -> lines.add("key " + key));
    arguments.all("--package").forEach(sha256 -> lines.add("package " + sha256));
    arguments.all("--version").forEach(versions -> lines.add("version " + versions));
    KeyPair keys = VendorKey.read(Path.of(arguments.need("--key")));
    byte[] list = RevocationList.sign(lines, keys.getPrivate(), keys.getPublic());
    Files.write(Path.of(arguments.word(0, "the file to write")), list);
    out.print(new String(list, StandardCharsets.UTF_8));
  }
}
