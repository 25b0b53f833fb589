package org.kiban.addon.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.kiban.addon.swap.Addons;

/** Completes the ids of installed add-ons. */
@Service
public final class AddonCompleter implements Completer {

  @Reference private Addons addons;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter ids = new StringsCompleter();
    ids.getStrings().addAll(addons.ids());
    return ids.complete(session, line, candidates);
  }
}
