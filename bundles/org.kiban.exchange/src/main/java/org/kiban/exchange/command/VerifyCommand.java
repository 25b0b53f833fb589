package org.kiban.exchange.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.exchange.api.Verification;
import org.kiban.exchange.engine.LinkageMessage;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code exchange:verify}: compares chain, table and delivered files. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "exchange",
    name = "verify",
    description = "台帳と配信済みファイルの検証 / verify ledger and delivered files")
public final class VerifyCommand extends KibanAction {

  @Reference private Exchanges exchanges;

  @Argument(name = "municipality", description = "団体コード / municipality code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String municipality;

  @Option(name = "--json", description = "JSON で出力 / print JSON")
  private boolean json;

  @Override
  protected void run(Terminal terminal) {
    Verification v = exchanges.of(municipality).verify();
    if (json) {
      terminal.json(v);
    } else {
      terminal
          .out()
          .println(
              terminal.text(
                  "記録 %d 件、配信 %d 件、配信先のファイル %d 件を検証しました。\n末尾のハッシュ %s"
                      .formatted(v.entries(), v.deliveries(), v.files(), v.head()),
                  "Verified %d entries, %d deliveries, %d delivered files.\nHash of the last entry %s"
                      .formatted(v.entries(), v.deliveries(), v.files(), v.head())));
      terminal
          .out()
          .println(
              terminal.text("時刻の信頼度別の記録: ", "Entries by the trust in their time: ") + v.trust());
      if (!v.jumps().isEmpty()) {
        terminal.out().println(terminal.text("時計が後戻りした所:", "Where the clock had gone back:"));
        terminal.table(Columns.FINDINGS, v.jumps());
      }
      if (!v.findings().isEmpty()) {
        terminal.table(Columns.FINDINGS, v.findings());
      }
    }
    if (!v.findings().isEmpty()) {
      throw new KibanException(
          Outcome.FAILED, LinkageMessage.VERIFY_FOUND, municipality, v.findings().size());
    }
  }
}
