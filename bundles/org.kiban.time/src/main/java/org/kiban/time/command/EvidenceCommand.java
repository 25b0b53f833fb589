package org.kiban.time.command;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;
import org.kiban.time.Evidence;
import org.kiban.time.TimeCode;
import org.kiban.time.TimeKeeper;
import org.kiban.time.Timekeeping;

/** {@code time:evidence}: checks the chain of the records, exports it. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "time",
    name = "evidence",
    description = "時刻の記録の連鎖を検査し、書き出す / Check the chain of the records, export it")
public final class EvidenceCommand extends KibanAction {

  @Option(
      name = "--export",
      description = "記録を書き出す新しいファイル（絶対パス） / New file for the records, absolute path")
  @Completion(FileCompleter.class)
  private String export;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Timekeeping timekeeping;

  @Override
  protected void run(Terminal terminal) {
    TimeKeeper keeper = timekeeping.keeper();
    Evidence.Chain chain = export == null ? keeper.verify() : keeper.export(Path.of(export));
    if (json) {
      terminal.json(chain);
    } else {
      terminal.table(
          List.of(
              new Column<>("件数", "Entries", Evidence.Chain::entries),
              new Column<>("最初の番号", "First", Evidence.Chain::first),
              new Column<>("先頭ハッシュ", "Head", Evidence.Chain::head),
              new Column<>("破損", "Damage", c -> String.join("; ", c.damages()))),
          List.of(chain));
    }
    if (!chain.damages().isEmpty()) {
      throw new KibanException(Outcome.FAILED, TimeCode.EVIDENCE_DAMAGED, chain.damages().get(0));
    }
  }
}
