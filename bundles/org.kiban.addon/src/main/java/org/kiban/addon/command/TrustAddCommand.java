package org.kiban.addon.command;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.addon.trust.Trust;
import org.kiban.shell.KibanAction;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;

/** {@code addon:trust-add}: takes in a trust file or a revocation list from a medium. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "addon",
    name = "trust-add",
    description = "信頼ファイルまたは失効リストを取り込む / Take in a trust file or a revocation list")
public final class TrustAddCommand extends KibanAction {

  @Argument(
      name = "file",
      description = "ファイルの絶対パス (.yaml / .revoked) / Absolute path of the file",
      required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Reference private Trust trust;

  @Override
  protected void run(Terminal terminal) {
    terminal.out().println("+ " + trust.add(Path.of(file)));
  }
}
