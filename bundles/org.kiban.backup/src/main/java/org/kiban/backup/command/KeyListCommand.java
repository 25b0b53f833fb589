package org.kiban.backup.command;

import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.Backups;
import org.kiban.backup.repository.Keyring;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code backup:key-list}: the passwords that open the repository. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "key-list",
    description = "リポジトリを開けるパスワードの一覧 / The passwords that open the repository")
public final class KeyListCommand extends KibanAction {

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
    List<Keyring.KeyInfo> keys = backups.of(code).run(Access.LOOK, r -> new Keyring(r).list());
    if (json) {
      terminal.json(
          keys.stream()
              .map(
                  k ->
                      Map.of(
                          "id", k.id().toString(),
                          "host", k.host(),
                          "created", k.created(),
                          "current", k.current()))
              .toList());
      return;
    }
    terminal.table(
        List.of(
            new Column<>("ID", "Id", k -> k.id().brief()),
            new Column<>("ノード", "Node", Keyring.KeyInfo::host),
            new Column<>("作成", "Created", Keyring.KeyInfo::created),
            new Column<>("このノード", "This node's", k -> k.current() ? "*" : "")),
        keys);
  }
}
