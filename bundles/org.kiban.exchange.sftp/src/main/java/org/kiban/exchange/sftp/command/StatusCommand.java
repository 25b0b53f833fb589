package org.kiban.exchange.sftp.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.exchange.sftp.DoorStatus;
import org.kiban.exchange.sftp.DoorStatus.DoorUser;
import org.kiban.exchange.sftp.SftpDoor;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code exchange:sftp-status}: the SFTP server's address and key, and who may come in. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "exchange",
    name = "sftp-status",
    description = "SFTP サーバーの鍵と利用者 / The SFTP server's key and users")
public final class StatusCommand extends KibanAction {

  private static final List<Column<DoorUser>> USERS =
      List.of(
          new Column<>("利用者", "user", DoorUser::user),
          new Column<>("鍵", "keys", u -> String.join(" ", u.keys())),
          new Column<>("パスワード", "password", u -> u.password() ? "○" : ""),
          new Column<>("接続", "sessions", DoorUser::sessions),
          new Column<>("置く", "brings", u -> String.join(" ", u.brings())),
          new Column<>("取る", "fetches", u -> String.join(" ", u.fetches())));

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Reference private SftpDoor door;

  @Override
  protected void run(Terminal terminal) {
    DoorStatus status = door.status();
    if (json) {
      terminal.json(status);
      return;
    }
    terminal.out().println(status.address() + "  " + status.fingerprint());
    terminal.out().println(status.knownHost());
    terminal.table(USERS, status.users());
  }
}
