package org.kiban.node.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.node.edit.MunicipalityEditor;

/** Completes codes that have a file or a sample. */
@Service
public final class SampleCompleter implements Completer {

  @Reference private MunicipalityEditor editor;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    return new StringsCompleter(editor.codes()).complete(session, line, candidates);
  }
}
