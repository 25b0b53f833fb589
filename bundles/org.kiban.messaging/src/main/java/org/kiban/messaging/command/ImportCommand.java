package org.kiban.messaging.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.kiban.messaging.Messaging;
import org.kiban.shell.KibanAction;
import org.kiban.shell.MunicipalityCompleter;
import org.kiban.shell.OptionsAnywhere;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** {@code messaging:import}: brings messages back that were restored from a backup. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
    scope = "messaging",
    name = "import",
    description = "復元したメッセージを一度だけ取り込む / Take in restored messages, each once")
public final class ImportCommand extends KibanAction {

  @Argument(name = "code", description = "全国地方公共団体コード / Local government code", required = true)
  @Completion(MunicipalityCompleter.class)
  private String code;

  @Argument(
      index = 1,
      name = "file",
      description = "復元した restored.queues / The restored.queues that was restored",
      required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Reference private Messaging messaging;

  @Override
  protected void run(Terminal terminal) throws Exception {
    Map<String, Long> taken = messaging.require(code).restore(Path.of(file));
    terminal.table(
        List.of(
            new Column<>("キュー", "Queue", Map.Entry<String, Long>::getKey),
            new Column<>("取込件数", "Taken in", Map.Entry<String, Long>::getValue)),
        List.copyOf(taken.entrySet()));
  }
}
