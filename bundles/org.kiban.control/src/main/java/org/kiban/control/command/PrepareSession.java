package org.kiban.control.command;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jline.reader.impl.LineReaderImpl;
import org.kiban.control.EmptyWord;
import org.kiban.control.ScopesFirst;
import org.kiban.core.NodePaths;

/** Called by {@code etc/shell.init.script} for every interactive session. */
@Service
@Command(
    scope = "control",
    name = "prepare-session",
    description = "対話セッションを準備する / prepares an interactive session")
public class PrepareSession implements Action {

  @Reference private Session session;
  @Reference private NodePaths paths;

  @Override
  public Object execute() {
    session.put("APPLICATION", paths.nodeName());
    if (session.get(".jline.reader") instanceof LineReaderImpl reader) {
      reader.setParser(new EmptyWord(reader.getParser()));
      reader.setCompleter(new ScopesFirst(reader.getCompleter()));
    }
    return null;
  }
}
