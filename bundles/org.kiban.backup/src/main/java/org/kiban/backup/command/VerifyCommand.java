package org.kiban.backup.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.Backups;
import org.kiban.backup.repository.Id;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Subset;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:verify}: looks for damage. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "backup", name = "verify", description = "リポジトリの損傷を調べる / Look for damage")
public final class VerifyCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Option(name = "--read-data", description = "全データを読む / Read all data")
  private boolean readData;

  @Option(name = "--read-data-subset", description = "一部を読む: n/t または x% / Read a part: n/t or x%")
  private String subset;

  @Option(
      name = "--place",
      description = "写しの保存先(copies のどれか)を調べる / Look at a further place, one of copies")
  @Completion(PlaceCompleter.class)
  private String place;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Predicate<Id> packs =
        readData ? Subset.ALL : subset == null ? Subset.NONE : Subset.parse(subset);
    Progress progress = new Progress();
    List<Check.Finding> findings;
    try (ProgressLines lines = new ProgressLines(terminal, progress)) {
      lines.start(json);
      findings = backups.of(code).overview().verify(Optional.ofNullable(place), packs, progress);
    }
    if (json) {
      terminal.json(findings);
    } else {
      findings.forEach(
          f -> terminal.out().println((f.serious() ? "! " : "- ") + f.file() + ": " + f.reason()));
    }
    List<Check.Finding> serious = findings.stream().filter(Check.Finding::serious).toList();
    if (!serious.isEmpty()) {
      throw new KibanException(
          Outcome.FAILED,
          BackupMessage.CHECK_FAILED,
          place == null ? code : place,
          serious.size(),
          serious.get(0).file() + ": " + serious.get(0).reason());
    }
    if (!json) {
      terminal.out().println(terminal.text("損傷なし", "no damage found"));
    }
  }
}
