package org.kiban.logship.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Letter;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;

/**
 * Compares what was acknowledged with what a destination says that it has now.
 *
 * @param name of the destination
 * @param cursors what it acknowledged
 */
record Comparison(String name, Destination destination, Cursors cursors) {

  /** What it says of each stream; nothing is under way meanwhile. */
  List<Report.Gap> of(List<Origin> origins) throws IOException {
    Map<String, Long> dead =
        destination.dead().stream()
            .collect(Collectors.groupingBy(Letter::stream, Collectors.counting()));
    List<Report.Gap> all = new ArrayList<>();
    for (Origin origin : origins) {
      all.add(gap(origin, dead.getOrDefault(origin.id().value(), 0L)));
    }
    return all;
  }

  private Report.Gap gap(Origin origin, long refused) throws IOException {
    Position sent = cursors.of(origin.id());
    Position stored = destination.position(origin, sent);
    long count = stored.equals(sent) ? destination.stored(origin, sent) : stored.events();
    return new Report.Gap(
        name,
        origin.source(),
        origin.name(),
        sent.events(),
        count,
        0,
        verdict(sent, stored, count, refused),
        "");
  }

  private static Report.Verdict verdict(Position sent, Position stored, long count, long refused) {
    if (!stored.equals(sent)) {
      return stored.offset() < sent.offset() ? Report.Verdict.MISSING : Report.Verdict.CONTRADICTED;
    }
    if (count < 0) {
      return Report.Verdict.UNCONFIRMED;
    }
    if (count >= sent.events()) {
      return Report.Verdict.OK;
    }
    return count + refused < sent.events() ? Report.Verdict.MISSING : Report.Verdict.DEAD;
  }
}
