package org.kiban.backup.blank;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.PasswordFile;
import org.kiban.backup.backend.LocalBackend;
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

  @Override
  public String name() {
    return "restore";
  }

  /**
   * What an operator typed.
   *
   * @param scratch whether nothing may be written but data and configuration: it is a drill
   */
  private record Typed(String repository, String passwordFile, String node, boolean scratch) {
    static Typed of(String... all) {
      List<String> rest = new ArrayList<>(List.of(all));
      boolean scratch = rest.remove("--scratch");
      String[] words = rest.toArray(String[]::new);
      String[] found = new String[3];
      for (int i = 0; i < words.length; i++) {
        int field =
            switch (words[i]) {
              case "--password-file" -> 1;
              case "--node" -> 2;
              default -> 0;
            };
        i += field > 0 ? 1 : 0;
        if (i == words.length || found[field] != null || field == 0 && !words[i].startsWith("/")) {
          throw new KibanException(Outcome.USAGE, BackupMessage.RESTORE_USAGE);
        }
        found[field] = words[i];
      }
      if (found[0] == null) {
        throw new KibanException(Outcome.USAGE, BackupMessage.RESTORE_USAGE);
      }
      return new Typed(found[0], found[1], found[2], scratch);
    }
  }

  @Override
  public int run(PrintWriter out, PrintWriter err, String... args) {
    Locale locale = Locale.getDefault();
    try {
      restore(Typed.of(args), out, locale.getLanguage().equals("ja"));
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
    LocalBackend backend = new LocalBackend(Path.of(typed.repository()), files);
    Progress progress = new Progress();
    try (Ticker ticker = new Ticker(out, progress, japanese);
        Repository repository = Repositories.open(backend, settings(), password(typed))) {
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

  private static Repository.Password password(Typed typed) throws IOException {
    if (typed.passwordFile() != null) {
      return PasswordFile.read(Path.of(typed.passwordFile()));
    }
    Console console = System.console();
    if (console != null) {
      return new Repository.Password(
          new String(console.readPassword("復旧用のパスワード / recovery password: ")).strip(), false);
    }
    // Not closed: it is the process's input.
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return new Repository.Password(line == null ? "" : line.strip(), false);
  }
}
