package org.kiban.audit.watch;

import java.util.List;
import org.kiban.audit.Act;
import org.kiban.audit.AuditLedger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/**
 * Notes who came to the doors for partners and what they brought and fetched. A door tells of it by
 * an event {@code org/kiban/door/login} or {@code …/transfer} with the texts {@code user}, {@code
 * from}, {@code municipality}, {@code what} and {@code result}.
 */
@Component(property = EventConstants.EVENT_TOPIC + "=org/kiban/door/*")
public final class DoorWatch implements EventHandler {

  private final AuditLedger ledger;

  /** Watches. */
  @Activate
  public DoorWatch(@Reference AuditLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void handleEvent(Event event) {
    boolean login = event.getTopic().endsWith("/login");
    ledger.note(
        new Act(
            login ? Act.Kind.LOGIN : Act.Kind.TRANSFER,
            text(event, "user"),
            text(event, "from"),
            text(event, "municipality"),
            text(event, "what"),
            text(event, "result"),
            0,
            List.of()));
  }

  private static String text(Event event, String name) {
    return event.getProperty(name) instanceof String text ? text : "";
  }
}
