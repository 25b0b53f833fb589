package org.kiban.audit.command;

import java.util.List;
import org.kiban.audit.AuditMessage;
import org.kiban.audit.Chain;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** Shows the chain's state; a damaged one ends the command as failed. */
final class ChainScreen {

  private ChainScreen() {}

  static void show(Terminal terminal, Chain chain, boolean json) {
    if (json) {
      terminal.json(chain);
    } else {
      terminal.table(
          List.of(
              new Column<>("件数", "Entries", Chain::entries),
              new Column<>("末尾のハッシュ", "Head", Chain::head),
              new Column<>("破損", "Damage", c -> String.join("; ", c.damages()))),
          List.of(chain));
    }
    if (!chain.damages().isEmpty()) {
      throw new KibanException(Outcome.FAILED, AuditMessage.DAMAGED, chain.damages().get(0));
    }
  }
}
