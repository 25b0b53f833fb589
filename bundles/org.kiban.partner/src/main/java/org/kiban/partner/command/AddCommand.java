package org.kiban.partner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.Partner;
import org.kiban.partner.PartnerFile;
import org.kiban.partner.PartnerMessages;
import org.kiban.partner.PartnerRegistry;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code partner:add}: registers a business system. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "partner",
    name = "add",
    description = "連携先の業務システムを登録する / Register a business system")
public final class AddCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "id",
      description = "業務ID または 3 文字の ID / Id of the business system",
      required = true)
  @Completion(BusinessIdCompleter.class)
  private String id;

  @Option(
      name = "--environment",
      description = "production または verification / production or verification",
      required = true)
  private String environment;

  @Option(name = "--name", description = "名称（業務ID なら省略可） / Name; a 業務ID has its own")
  private String name = "";

  @Option(name = "--vendor", description = "事業者 / Vendor")
  private String vendor = "";

  @Option(name = "--zone", description = "ネットワークのゾーン / Network zone")
  private String zone = "";

  @Option(
      name = "--endpoint",
      description = "名前=アドレス（複数可） / name=address, several allowed",
      multiValued = true)
  private List<String> endpoints = new ArrayList<>();

  @Option(name = "--dry-run", description = "確認だけして書き込まない / Check, but write nothing")
  private boolean dryRun;

  @Reference private PartnerRegistry registry;

  @Override
  protected void run(Terminal terminal) {
    Partner partner =
        registry.add(
            code,
            new Partner(id, name, vendor, PartnerFile.environment(environment), zone, addresses()),
            dryRun);
    terminal
        .out()
        .println((dryRun ? "(--dry-run) " : "") + "+ " + partner.id() + " " + partner.name());
  }

  private TreeMap<String, String> addresses() {
    TreeMap<String, String> addresses = new TreeMap<>();
    for (String endpoint : endpoints) {
      String[] parts = endpoint.split("=", 2);
      // user:password@ would put a secret into a file that is kept under version control
      if (parts.length < 2 || parts[0].isBlank() || parts[1].matches(".*//[^/@]*:[^/@]*@.*")) {
        throw new KibanException(
            Outcome.USAGE, PartnerMessages.WRONG_ENDPOINT, parts.length < 2 ? endpoint : parts[0]);
      }
      addresses.put(parts[0], parts[1]);
    }
    return addresses;
  }
}
