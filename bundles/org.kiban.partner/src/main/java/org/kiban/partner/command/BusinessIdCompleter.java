package org.kiban.partner.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.partner.PartnerRegistry;

/** Completes the 業務ID of the list. */
@Service
public final class BusinessIdCompleter implements Completer {

  @Reference private PartnerRegistry registry;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter ids = new StringsCompleter();
    ids.getStrings().addAll(registry.businessIds().keySet());
    return ids.complete(session, line, candidates);
  }
}
