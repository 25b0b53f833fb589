package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.exchange.api.DeliveryView;
import org.kiban.exchange.api.DryRun;
import org.kiban.exchange.api.Exchange;
import org.kiban.exchange.api.InterfaceView;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.api.ScanView;
import org.kiban.exchange.api.TimeView;
import org.kiban.exchange.api.Verification;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.LedgerEvent;
import org.kiban.exchange.ledger.LedgerVerifier;

/** Answers questions about one municipality's deliveries. Safe for any thread. */
final class Desk implements Exchange {

  private static final int LEAST_DIGITS = 8;
  private static final int TRACED = 100;

  /** States of what is owed to somebody; such deliveries are held in memory. */
  private static final Set<String> OWED = Set.of(Delivery.ACCEPTED, Delivery.STRANDED);

  private final MunicipalityCode code;
  private final Supplier<Worksite> worksite;

  /**
   * @param worksite the one that is open
   */
  Desk(MunicipalityCode code, Supplier<Worksite> worksite) {
    this.code = code;
    this.worksite = worksite;
  }

  @Override
  public ScanView scan() {
    return worksite.get().scanner.status();
  }

  @Override
  public List<DeliveryView> list(Filter filter) {
    check(filter);
    if (filter.state() != null && OWED.contains(filter.state())) {
      return owed(filter);
    }
    StringBuilder where = new StringBuilder("where 1 = 1");
    List<Object> args = new ArrayList<>();
    add(where, args, " and line = ?", filter.interfaceId());
    add(where, args, " and state = ?", filter.state());
    add(where, args, " and received_at >= ?", micros(filter.since()));
    add(where, args, " and received_at < ?", micros(filter.until()));
    args.add(filter.limit());
    return query(where + " order by id desc limit ?", args.toArray());
  }

  private static void check(Filter filter) {
    if (filter.state() != null && !Delivery.STATES.contains(filter.state())) {
      throw new KibanException(
          Outcome.USAGE,
          LinkageMessage.BAD_STATE,
          filter.state(),
          String.join(" ", Delivery.STATES));
    }
    if (filter.limit() < 1) {
      throw new KibanException(
          Outcome.USAGE, LinkageMessage.BAD_LIMIT, Integer.toString(filter.limit()));
    }
  }

  /** The table does not know what is stranded: that depends on the declarations of the moment. */
  private List<DeliveryView> owed(Filter filter) {
    Worksite site = worksite.get();
    boolean stranded = Delivery.STRANDED.equals(filter.state());
    Long since = micros(filter.since());
    Long until = micros(filter.until());
    return site.ledger.open().stream()
        .filter(d -> d.state().equals(Delivery.ACCEPTED))
        .filter(d -> d.isStranded(site.stranded.of(d)) == stranded)
        .filter(d -> filter.interfaceId() == null || filter.interfaceId().equals(d.source().line()))
        .filter(d -> since == null || d.receivedAt() >= since)
        .filter(d -> until == null || d.receivedAt() < until)
        .sorted(Comparator.comparingLong(Delivery::id).reversed())
        .limit(filter.limit())
        .map(d -> view(site, d))
        .toList();
  }

  private static void add(StringBuilder where, List<Object> args, String part, Object value) {
    if (value != null) {
      where.append(part);
      args.add(value);
    }
  }

  private static Long micros(Instant time) {
    return time == null ? null : LedgerEvent.micros(time);
  }

  private List<DeliveryView> query(String rest, Object... args) {
    Worksite site = worksite.get();
    return asked(() -> site.ledger.query(rest, args)).stream().map(d -> view(site, d)).toList();
  }

  @Override
  public Optional<DeliveryView> show(long delivery) {
    Worksite site = worksite.get();
    return asked(() -> site.ledger.get(delivery))
        .map(d -> view(site, d, asked(() -> site.ledger.time(d.position()))));
  }

  private static DeliveryView view(Worksite site, Delivery d) {
    return view(site, d, null);
  }

  private static DeliveryView view(Worksite site, Delivery d, TimeView time) {
    Map<String, String> places = new HashMap<>();
    Line line = site.lines.open().get(d.source().line());
    if (line != null && d.result() != null) {
      Parcel parcel = Courier.parcel(line.declaration(), d);
      line.outbounds().forEach((c, out) -> places.put(c, out.place(parcel)));
    }
    return d.view(site.tries.of(d), places, site.stranded.of(d), time);
  }

  @Override
  public List<DeliveryView> trace(String text) {
    String digits = text.toLowerCase(Locale.ROOT);
    if (digits.matches("[0-9a-f]{" + LEAST_DIGITS + ",64}")) {
      List<DeliveryView> found =
          query(
              "where sha like ? or out_sha like ? or file = ? order by id limit ?",
              digits + "%",
              digits + "%",
              text,
              TRACED);
      if (!found.isEmpty()) {
        return alone(found);
      }
    }
    if (text.length() < 2) {
      throw new KibanException(Outcome.USAGE, LinkageMessage.TRACE_TOO_SHORT, text);
    }
    return alone(
        query(
            "where lower(file) like ? escape '!' order by id desc limit ?",
            "%" + digits.replaceAll("([!%_])", "!$1") + "%",
            TRACED));
  }

  /** The only one is told in full. */
  private List<DeliveryView> alone(List<DeliveryView> found) {
    return found.size() == 1 ? show(found.get(0).delivery()).stream().toList() : found;
  }

  @Override
  public long retry(long delivery) {
    Worksite site = worksite.get();
    Delivery d = known(site, delivery);
    Set<String> stranded = site.stranded.of(d);
    if (d.isStranded(stranded)) {
      throw new KibanException(
          Outcome.REFUSED,
          LinkageMessage.RETRY_STRANDED,
          Long.toString(delivery),
          String.join(" ", stranded));
    }
    if (d.state().equals(Delivery.ACCEPTED)) {
      site.tries.tryNow();
      return delivery;
    }
    if (!d.state().equals(Delivery.REFUSED)) {
      throw new KibanException(
          Outcome.REFUSED, LinkageMessage.NOTHING_TO_RETRY, Long.toString(delivery), d.state());
    }
    return asked(() -> new Again(site).again(d));
  }

  private Delivery known(Worksite site, long delivery) {
    return asked(() -> site.ledger.get(delivery))
        .orElseThrow(
            () ->
                new KibanException(
                    Outcome.USAGE, LinkageMessage.UNKNOWN_DELIVERY, Long.toString(delivery)));
  }

  @Override
  public List<DeliveryView> discard(List<Long> deliveries, boolean dryRun) {
    Worksite site = worksite.get();
    Discard discard = new Discard(site);
    List<DeliveryView> given = new ArrayList<>();
    for (long delivery : deliveries) {
      Delivery d = known(site, delivery);
      asked(
          () -> {
            discard.discard(d, dryRun);
            return null;
          });
      given.add(view(site, known(site, delivery)));
    }
    return given;
  }

  @Override
  public Verification verify() {
    Worksite site = worksite.get();
    return asked(() -> new LedgerVerifier(site.ledger).verify(new LyingFiles(site)::check));
  }

  @Override
  public List<InterfaceView> interfaces() {
    return new InterfaceList(worksite.get()).all();
  }

  @Override
  public DryRun test(String interfaceId, Path file) {
    Worksite site = worksite.get();
    Declarations.Loaded loaded = site.declarations.inForce().get(interfaceId);
    if (loaded == null) {
      throw new KibanException(Outcome.USAGE, LinkageMessage.NO_INTERFACE, interfaceId);
    }
    try {
      return Trial.of(loaded.declaration(), file);
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.USAGE, LinkageMessage.UNREADABLE, file.toString(), Problems.reason(e));
    }
  }

  @Override
  public List<StateCount> counts() {
    Worksite site = worksite.get();
    Map<String, Long> counts = new TreeMap<>(asked(site.ledger::counts));
    long stranded = site.stranded.all().size();
    if (stranded > 0) {
      counts.merge(Delivery.ACCEPTED, -stranded, Long::sum);
      counts.put(Delivery.STRANDED, stranded);
    }
    return counts.entrySet().stream()
        .filter(e -> e.getValue() > 0)
        .map(e -> new StateCount(e.getKey(), e.getValue()))
        .toList();
  }

  private interface Question<T> {
    T ask() throws IOException;
  }

  private <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, LinkageMessage.LEDGER_FAILED, code, Problems.reason(e));
    }
  }
}
