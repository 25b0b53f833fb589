package org.kiban.addon.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.kiban.addon.trust.Trust;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:trust-remove}: stops trusting a key. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "trust-remove",
    description = "鍵を信頼しない（導入済みアドオンは残る） / Stop trusting a key; installed add-ons stay")
public final class TrustRemoveCommand extends KibanAction {

  @Argument(name = "key", description = "鍵 ID またはその先頭 / Key id or its beginning", required = true)
  private String key;

  @Reference private Trust trust;

  @Override
  protected void run(Terminal terminal) {
    trust.remove(key).forEach(file -> terminal.out().println("- " + file));
  }
}
