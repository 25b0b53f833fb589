package org.kiban.audit.command;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.audit.AuditLedger;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code audit:export}: all records in a signed file that any machine can verify. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "audit",
    name = "export",
    description =
        "監査記録を署名付きで書き出す（bin/kiban audit-verify で検査） / Write all records, signed; bin/kiban audit-verify checks them anywhere")
public final class ExportCommand extends KibanAction {

  @Argument(name = "file", description = "新しいファイル（絶対パス） / New file, absolute path", required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private AuditLedger ledger;

  @Override
  protected void run(Terminal terminal) {
    require(null);
    ChainScreen.show(terminal, ledger.export(Path.of(file).toAbsolutePath()), json);
  }
}
