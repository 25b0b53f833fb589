package org.kiban.audit.command;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.audit.Act;

/** Offers the kinds of acts. */
@Service
public final class KindCompleter implements Completer {

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    List<String> words = Stream.of(Act.Kind.values()).map(Act.Kind::word).toList();
    return new StringsCompleter(words).complete(session, line, candidates);
  }
}
