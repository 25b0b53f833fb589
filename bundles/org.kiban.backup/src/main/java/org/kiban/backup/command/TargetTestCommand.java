package org.kiban.backup.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.Backups;
import org.kiban.backup.Vault;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code backup:target-test}: tries every place of the backup. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "target-test",
    description = "すべての保存先に接続し、読み書きできるか試す / Connect to every place, read and write there")
public final class TargetTestCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    List<Vault.Trial> trials = backups.of(code).vault().test();
    if (json) {
      terminal.json(trials);
    } else {
      terminal.table(
          List.of(
              new Column<>("場所", "Location", Vault.Trial::location),
              new Column<>("数", "Snapshots", t -> t.snapshots() < 0 ? "" : t.snapshots()),
              new Column<>("ミリ秒", "ms", Vault.Trial::milliseconds),
              new Column<>("問題", "Problem", Vault.Trial::problem)),
          trials);
    }
    List<Vault.Trial> failed = trials.stream().filter(t -> !t.problem().isEmpty()).toList();
    if (!failed.isEmpty()) {
      throw new KibanException(
          Outcome.FAILED,
          BackupMessage.PLACES_FAIL,
          failed.size(),
          trials.size(),
          failed.get(0).location() + ": " + failed.get(0).problem());
    }
  }
}
