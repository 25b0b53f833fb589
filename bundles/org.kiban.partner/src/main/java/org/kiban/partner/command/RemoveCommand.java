package org.kiban.partner.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.partner.PartnerRegistry;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code partner:remove}: takes a business system out of the registry. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "partner",
    name = "remove",
    description = "連携先を登録から外す（使用中なら拒否） / Take a business system out; refused while in use")
public final class RemoveCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "id",
      description = "業務ID または 3 文字の ID / Id of the business system",
      required = true)
  @Completion(IdCompleter.class)
  private String id;

  @Option(name = "--dry-run", description = "確認だけして書き込まない / Check, but write nothing")
  private boolean dryRun;

  @Reference private PartnerRegistry registry;

  @Override
  protected void run(Terminal terminal) {
    registry.remove(code, id, dryRun);
    terminal.out().println((dryRun ? "(--dry-run) " : "") + "- " + id);
  }
}
