package org.kiban.backup.command;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.backup.Backups;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code backup:undelete}: brings back what was removed where the bucket keeps versions. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "backup",
    name = "undelete",
    description =
        "S3 の版から、消された・上書きされたファイルを元に戻す"
            + " / Bring back files that were removed or written over, from versions in S3")
public final class UndeleteCommand extends KibanAction {

  @Argument(
      name = "code",
      description = "団体コードか node / Local government code, or node",
      required = true)
  @Completion(OwnerCompleter.class)
  private String code;

  @Option(name = "--place", description = "写しの保存先(copies のどれか) / A further place, one of copies")
  @Completion(PlaceCompleter.class)
  private String place;

  @Reference private Backups backups;

  @Override
  protected void run(Terminal terminal) throws Exception {
    int count = backups.of(code).vault().bringBack(Optional.ofNullable(place));
    terminal.out().printf(terminal.text("%d ファイルを戻しました%n", "%d files are there again%n"), count);
  }
}
