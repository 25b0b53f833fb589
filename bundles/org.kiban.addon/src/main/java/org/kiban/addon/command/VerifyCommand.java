package org.kiban.addon.command;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.addon.pack.Verified;
import org.kiban.addon.swap.Addons;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:verify}: may this package be installed? */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "verify",
    description = "パッケージの署名と内容を検査（導入しない） / Check signature and contents of a package")
public final class VerifyCommand extends KibanAction {

  @Argument(
      name = "file",
      description = "パッケージの絶対パス / Absolute path of the package",
      required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--json", description = "JSON で出力 / Print as JSON")
  private boolean json;

  @Reference private Addons addons;

  /** What {@code --json} prints. */
  private record Shown(
      String id, String version, String vendor, String keyId, String sha256, int files) {}

  @Override
  protected void run(Terminal terminal) {
    Verified verified = addons.verify(Path.of(file));
    Shown shown =
        new Shown(
            verified.manifest().id(),
            verified.manifest().version().toString(),
            verified.manifest().vendor(),
            verified.signer().keyId(),
            verified.sha256(),
            verified.entries().size());
    if (json) {
      terminal.json(shown);
      return;
    }
    terminal.out().println(shown.id() + " " + shown.version());
    terminal
        .out()
        .println(terminal.text("署名: ", "signed by: ") + shown.vendor() + ", " + shown.keyId());
    terminal.out().println("SHA-256: " + shown.sha256());
  }
}
