package org.kiban.audit.watch;

import java.util.List;
import javax.security.auth.Subject;
import org.kiban.audit.Act;
import org.kiban.audit.AuditLedger;
import org.kiban.audit.Who;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** Notes logins, refused ones too, and logouts: Karaf's login modules tell of each. */
@Component(property = EventConstants.EVENT_TOPIC + "=org/apache/karaf/login/*")
public final class LoginWatch implements EventHandler {

  private final AuditLedger ledger;

  /** Watches. */
  @Activate
  public LoginWatch(@Reference AuditLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void handleEvent(Event event) {
    String what = String.valueOf(event.getProperty("type"));
    Who who = Who.of((Subject) event.getProperty("subject"));
    boolean failure = what.equals("failure");
    // An attempt says nothing that its end does not say. The broker and routes log their callers in
    // at every connection; those come without an address, and are worth a record if refused.
    if (failure || (!what.equals("attempt") && !who.from().isEmpty())) {
      String user = String.valueOf(event.getProperty("username"));
      String result = failure ? "failed" : "done";
      ledger.note(new Act(Act.Kind.LOGIN, user, who.from(), "", what, result, 0, List.of()));
    }
  }
}
