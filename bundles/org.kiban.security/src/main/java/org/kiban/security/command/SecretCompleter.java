package org.kiban.security.command;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.core.Municipalities;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.keys.Secrets;

/** Completes the names of the secrets of the municipality, or the node, named before. */
@Service
public final class SecretCompleter implements Completer {

  @Reference private Municipalities municipalities;
  @Reference private Secrets secrets;
  @Reference private NodeSecrets ofNode;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter completer = new StringsCompleter();
    completer.getStrings().addAll(names(line.getArguments(), municipalities, secrets, ofNode));
    return completer.complete(session, line, candidates);
  }

  /** Of municipalities that are served alone: looking for secrets makes a folder for them. */
  static List<String> names(
      String[] typed, Municipalities municipalities, Secrets secrets, NodeSecrets ofNode) {
    if (List.of(typed).contains(Held.NODE)) {
      return ofNode.names();
    }
    return Stream.of(typed)
        .filter(MunicipalityCode::isValid)
        .map(MunicipalityCode::new)
        .filter(code -> municipalities.find(code).isPresent())
        .flatMap(code -> secrets.names(code).stream())
        .toList();
  }
}
