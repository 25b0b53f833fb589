package org.kiban.exchange.sftp;

import java.util.Map;
import org.kiban.exchange.sftp.Tree.Place;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Tells the audit who came, and what they brought and fetched. Safe for any thread. */
record Records(EventAdmin events, String from) {

  private static final String LOGIN = "org/kiban/door/login";
  private static final String TRANSFER = "org/kiban/door/transfer";

  /** From another address. */
  Records from(String address) {
    return new Records(events, "sftp(" + address + ")");
  }

  void login(String user, String result) {
    post(LOGIN, user, Guest.of(user).map(g -> g.code().value()).orElse(""), "login", result);
  }

  void transfer(Guest guest, String what, Place place, long bytes, String result) {
    String path = place.kind() == Tree.Kind.IN_FILE ? "/in/" : "/out/";
    String file = path + place.line() + "/" + place.name();
    String told = what + " " + file + " (" + bytes + " bytes)";
    post(TRANSFER, guest.user(), guest.code().value(), told, result);
  }

  private void post(String topic, String user, String municipality, String what, String result) {
    Map<String, String> properties =
        Map.of(
            "user", user,
            "from", from,
            "municipality", municipality,
            "what", what,
            "result", result);
    events.postEvent(new Event(topic, properties));
  }
}
