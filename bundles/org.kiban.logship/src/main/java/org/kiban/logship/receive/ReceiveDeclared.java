package org.kiban.logship.receive;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.kiban.core.KibanException;
import org.kiban.logship.Declaration;
import org.kiban.logship.Declared;
import org.kiban.logship.tls.Peer;

/**
 * What a configuration says of receiving, checked.
 *
 * @param senders nodes that may send
 * @param machines that may send syslog
 * @param masks patterns of what is hidden
 * @param mostMib disk for what was received
 * @param keep how long it is kept; zero: until room is scarce
 */
record ReceiveDeclared(
    List<Sender> senders, List<Peer> machines, List<Pattern> masks, int mostMib, Duration keep) {

  /** Nobody may send. */
  static final ReceiveDeclared NOBODY =
      new ReceiveDeclared(List.of(), List.of(), List.of(), 0, Duration.ZERO);

  private static final String RELAYS = "relays";

  /**
   * A node that may send.
   *
   * @param relays whether it may pass on what comes from others
   */
  record Sender(Peer peer, boolean relays) {}

  /**
   * Reads a configuration.
   *
   * @param file its name, for messages
   * @param etc where authorities of peers lie
   * @throws KibanException if something cannot be used
   */
  static ReceiveDeclared read(String file, Path etc, MunicipalReceiveSettings s) {
    Declared.check(file, "received-max-mib", s.received$_$max$_$mib(), 64, 100_000_000);
    Declared.check(file, "received-keep-days", s.received$_$keep$_$days(), 0, 36_500);
    List<Sender> senders = new ArrayList<>();
    for (String line : s.accept()) {
      Declaration sender = Declaration.parse(file, line);
      sender.only(Set.of(RELAYS));
      senders.add(new Sender(Peer.of(etc, sender.name()), isRelay(sender)));
    }
    List<Peer> machines = new ArrayList<>();
    for (String line : s.accept$_$syslog()) {
      Declaration machine = Declaration.parse(file, line);
      machine.only(Set.of());
      machines.add(Peer.of(etc, machine.name()));
    }
    return new ReceiveDeclared(
        senders,
        machines,
        Declared.masks(file, s.masks()),
        s.received$_$max$_$mib(),
        Duration.ofDays(s.received$_$keep$_$days()));
  }

  private static boolean isRelay(Declaration sender) {
    Optional<String> word = sender.find(RELAYS);
    if (word.isPresent() && !Set.of("yes", "no").contains(word.get())) {
      throw sender.bad(RELAYS, "yes, no");
    }
    return word.equals(Optional.of("yes"));
  }
}
