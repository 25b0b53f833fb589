package org.kiban.addon.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.addon.pack.Permissions;
import org.kiban.addon.pack.TrustStore;
import org.kiban.addon.pack.TrustedKey;
import org.kiban.addon.trust.Trust;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:trust-list}: whose add-ons this node takes. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "trust-list",
    description = "信頼するベンダーの鍵の一覧 / Keys of vendors that are trusted")
public final class TrustListCommand extends KibanAction {

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Trust trust;

  /** What {@code --json} prints. */
  private record Shown(
      String keyId,
      String vendor,
      List<String> prefixes,
      String from,
      String until,
      Permissions grants,
      boolean authority,
      long revocations) {}

  @Override
  protected void run(Terminal terminal) {
    TrustStore store = trust.read();
    List<Shown> keys = store.keys().stream().map(key -> shown(store, key)).toList();
    if (json) {
      terminal.json(keys);
      return;
    }
    terminal.table(
        List.of(
            new Terminal.Column<>("鍵", "Key", Shown::keyId),
            new Terminal.Column<>("事業者", "Vendor", Shown::vendor),
            new Terminal.Column<>("名前", "Names", k -> String.join(" ", k.prefixes())),
            new Terminal.Column<>("開始", "From", Shown::from),
            new Terminal.Column<>("終了", "Until", Shown::until),
            new Terminal.Column<>(
                "失効リスト",
                "Revocations",
                k ->
                    (k.revocations() == 0 ? "" : "#" + k.revocations())
                        + (k.authority() ? terminal.text(" (全体)", " (for all)") : ""))),
        keys);
    store
        .problems()
        .forEach(problem -> terminal.out().println(problem.describe(terminal.locale())));
  }

  private static Shown shown(TrustStore store, TrustedKey key) {
    return new Shown(
        key.signer().keyId(),
        key.signer().vendor(),
        key.signer().prefixes(),
        key.signer().from().toString(),
        key.signer().until().toString(),
        key.signer().grants(),
        key.authority(),
        Trust.number(store, key));
  }
}
