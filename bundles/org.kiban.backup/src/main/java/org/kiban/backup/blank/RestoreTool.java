package org.kiban.backup.blank;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Targets;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Progress;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;

/**
 * {@code bin/kiban restore}: makes the node of a backup out of an empty machine. Runs without a
 * node, offline, as a process of its own.
 */
public final class RestoreTool implements ToolProvider {

  private static final int SECONDS = 5;

  /** What the credential of the place is called here, where there is one only. */
  private static final String SECRET = "secret";

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public int run(PrintWriter out, PrintWriter err, String... args) {
    Locale locale = Locale.getDefault();
    try {
      restore(new Typed(args), out, locale.getLanguage().equals("ja"));
      return 0;
    } catch (KibanException e) {
      err.println(e.describe(locale));
      return e.outcome().exitStatus();
    }
  }

  private static void restore(Typed typed, PrintWriter out, boolean japanese) {
    DurableFiles files = ServiceLoader.load(DurableFiles.class).findFirst().orElseThrow();
    Path home = place("kiban.home");
    Path data = place("kiban.data");
    Path etc = place("kiban.etc");
    Asking asking = new Asking();
    Repository.Password password =
        new Repository.Password(
            asking.line(typed.passwordFile(), "復旧用のパスワード / recovery password"), false);
    Backend backend = backend(typed, files, asking);
    Progress progress = new Progress();
    try (Ticker ticker = new Ticker(out, progress, japanese);
        Repository repository = Repositories.open(backend, settings(), password)) {
      ticker.start(SECONDS);
      Snapshot snapshot =
          new BlankNode(data, new Installation(home, etc, typed.scratch(), files), files, progress)
              .restore(repository, names(typed, etc));
      out.printf(
          japanese
              ? "復元しました: ノード %s、%s のスナップショット %s、%d ファイル%n次は kiban start、続けて exchange:verify <団体コード>%n"
              : "restored: node %s as of %s, snapshot %s, %d files%nnext: kiban start, then"
                  + " exchange:verify <code>%n",
          snapshot.host(),
          snapshot.localTime(),
          snapshot.id().brief(),
          progress.totalFiles());
      out.flush();
    } catch (DamagedException e) {
      throw new KibanException(
          e, Outcome.FAILED, BackupMessage.DAMAGED, backend.location(), e.file(), e.reason());
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, BackupMessage.UNREACHABLE, backend.location(), e.toString());
    }
  }

  private static Backend backend(Typed typed, DurableFiles files, Asking asking) {
    return new Targets(
            files,
            InstantSource.system(),
            ZoneId.systemDefault(),
            name ->
                Optional.of(
                    asking.text(typed.secretFile(), "保存先のパスワードか鍵 / password or key of the place")),
            "kiban restore")
        .open(typed.target(SECRET), false);
  }

  private static Path place(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
  }

  private static Repository.Settings settings() {
    return new Repository.Settings(InstantSource.system(), hostName(), 3);
  }

  /** The name that was typed, or else this machine's. */
  private static List<String> names(Typed typed, Path etc) throws IOException {
    List<String> names = new ArrayList<>(List.of(ownName(etc)));
    if (typed.node() != null) {
      names.add(typed.node());
    }
    return names;
  }

  private static String ownName(Path etc) throws IOException {
    Path settings = etc.resolve("org.kiban.node.cfg.json");
    String name =
        Files.exists(settings)
            ? new ObjectMapper()
                .readTree(Files.readString(settings, StandardCharsets.UTF_8))
                .path("node-name")
                .asText("")
            : "";
    return name.isBlank() ? hostName() : name;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "kiban";
    }
  }
}
