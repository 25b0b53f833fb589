package org.kiban.time;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.ClockCheck;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;
import org.kiban.time.chrony.ChronyConfig;
import org.kiban.time.chrony.Chronyc;
import org.kiban.time.sntp.Sntp;
import org.kiban.time.vote.Vote;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the node's time while a municipality asks for it: compares, keeps evidence, writes
 * chrony's configuration. It never sets the clock; chrony does.
 */
@Component(service = TimeKeeper.class, configurationPid = "org.kiban.time.node")
@Designate(ocd = TimeSettings.class)
public final class TimeKeeper implements Watch.Events {

  private static final Logger LOG = LoggerFactory.getLogger(TimeKeeper.class);
  private static final Duration EVIDENCE_EVERY = Duration.ofHours(1);

  private final TimeSettings settings;
  private final TrustedClock clock;
  private final DurableFiles files;
  private final Declared declared;
  private final Chronyc chronyc;
  private final Watch watch;
  private final Journal journal;
  private final Evidence evidence;
  private final List<ServiceRegistration<?>> registrations;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-time-1"));

  private volatile Optional<Vote.Verdict> verdict = Optional.empty();
  private volatile boolean asked;
  private volatile String unwritten = "";
  private Instant recorded = Instant.MIN;
  private long looks;

  /** Starts watching; the first answers come within a second. */
  @Activate
  public TimeKeeper(
      BundleContext context,
      TimeSettings settings,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference Keys keys,
      @Reference TrustedClock clock)
      throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.files = files;
    this.declared = Declared.read(settings);
    this.chronyc = new Chronyc(Path.of(settings.chronyc()), settings.chrony$_$socket());
    InstantSource system = InstantSource.system();
    Sntp sntp = new Sntp(system, System::nanoTime);
    Duration patience = Duration.ofMillis(settings.patience$_$milliseconds());
    this.watch =
        new Watch(
            system,
            System::nanoTime,
            declared.limits(),
            declared.sources(),
            s -> sntp.ask(s.address(), patience),
            this);
    Path directory = paths.nodeDirectory("time");
    this.journal = journals.open(directory.resolve("evidence"), keys.node("time-evidence"));
    this.evidence = new Evidence(journal);
    configureChrony(directory.resolve("chrony.conf"));
    record(() -> evidence.started(clock.now(), declared.sources()));
    this.registrations =
        List.of(
            context.registerService(ClockCheck.class, watch, null),
            context.registerService(
                HealthCheck.class,
                this::health,
                new Hashtable<>(Map.of(HealthCheck.NAME, "time", HealthCheck.TAGS, "node"))));
    if (declared.problem() == null) {
      timer.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
      timer.scheduleWithFixedDelay(this::expire, 1, 60, TimeUnit.MINUTES);
    } else {
      LOG.error("{}", declared.problem().getMessage());
    }
  }

  /** Stops watching. */
  @Deactivate
  public void deactivate() throws IOException, InterruptedException {
    registrations.forEach(ServiceRegistration::unregister);
    timer.shutdownNow();
    timer.awaitTermination(1, TimeUnit.MINUTES);
    journal.close();
  }

  /** How the time is now. */
  public TimeStatus status() {
    TrustedClock.Reading reading = clock.read();
    List<SourceView> sources = watch.sources();
    return new TimeStatus(
        reading.now(),
        reading.trust(),
        reading.boundMilliseconds(),
        verdict.map(v -> (v.low() + v.high()) / 2e6).orElse(null),
        declared.sources().size(),
        answering(sources),
        verdict.map(Vote.Verdict::endures).orElse(0),
        verdict.map(Vote.Verdict::falsetickers).orElse(List.of()),
        chrony());
  }

  /** The sources after the last round. */
  public List<SourceView> sources() {
    return watch.sources();
  }

  /**
   * What happened, the newest last.
   *
   * @param limit how much of it
   */
  public List<Evidence.Entry> history(int limit) {
    return read(() -> evidence.newest(limit));
  }

  /** Walks the chain of the evidence. */
  public Evidence.Chain verify() {
    return read(evidence::verify);
  }

  /**
   * Writes the evidence to a new file.
   *
   * @throws KibanException if it exists, or there can be none
   */
  public Evidence.Chain export(Path file) {
    if (Files.exists(file)) {
      throw new KibanException(Outcome.REFUSED, TimeCode.EXPORT_EXISTS, file);
    }
    if (!file.isAbsolute() || !Files.isWritable(file.getParent())) {
      throw new KibanException(Outcome.REFUSED, TimeCode.NO_EXPORT, file);
    }
    return read(
        () -> {
          files.write(file, evidence::export);
          return evidence.verify();
        });
  }

  /** How time is, for the node and for each municipality. */
  Result health() {
    return new TimeVerdict(settings, declared, watch.judge(), watch.sources(), asked, unwritten)
        .result();
  }

  @Override
  public void jumped(double milliseconds) {
    LOG.warn("{}", TimeCode.JUMPED.line("%+.3f".formatted(milliseconds)));
    verdict = Optional.empty();
    record(() -> evidence.jumped(clock.now(), milliseconds));
  }

  @Override
  public void voted(Optional<Vote.Verdict> outcome, List<SourceView> sources, boolean news) {
    verdict = outcome;
    asked = true;
    Instant now = clock.now();
    if (!sources.isEmpty() && (news || now.isAfter(recorded.plus(EVIDENCE_EVERY)))) {
      recorded = now;
      record(() -> evidence.voted(now, outcome, sources));
    }
  }

  static long answering(List<SourceView> sources) {
    return sources.stream().filter(s -> s.verdict() != SourceView.Verdict.SILENT).count();
  }

  private void look() {
    try {
      if (watch.look() || looks % settings.poll$_$seconds() == 0) {
        watch.round();
      }
      looks++;
    } catch (RuntimeException e) {
      LOG.error("a round of questions failed", e);
    }
  }

  private void expire() {
    if (settings.keep$_$days() > 0) {
      record(() -> evidence.expire(clock.now(), Duration.ofDays(settings.keep$_$days())));
    }
  }

  private String chrony() {
    try {
      Chronyc.Tracking t = chronyc.tracking();
      return "%s, stratum %d, %+.3f ms ± %.3f ms, %s"
              .formatted(
                  t.reference(),
                  t.stratum(),
                  t.offsetMilliseconds(),
                  t.boundMilliseconds(),
                  t.leap())
          + nts();
    } catch (IOException e) {
      return "verify only: " + e.getMessage();
    }
  }

  /** How many of the sources that are declared with NTS chrony authenticates. */
  private String nts() {
    long declaredSo = declared.sources().stream().filter(TimeSource::nts).count();
    if (declaredSo == 0) {
      return "";
    }
    try {
      return ", NTS " + chronyc.authenticated() + "/" + declaredSo;
    } catch (IOException e) {
      return ", NTS ?/" + declaredSo;
    }
  }

  private void configureChrony(Path file) throws IOException {
    List<ChronyConfig.Server> servers =
        declared.sources().stream()
            .map(s -> new ChronyConfig.Server(s.host(), s.port(), s.nts()))
            .toList();
    String text = ChronyConfig.text(servers, settings.drift$_$ppm());
    files.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, TimeCode.EVIDENCE_FAILED, e.getMessage());
    }
  }

  private interface Writing {
    void write() throws IOException;
  }

  /** Time goes on without evidence, but everybody sees that there is none. */
  private void record(Writing writing) {
    try {
      writing.write();
      unwritten = "";
    } catch (IOException e) {
      unwritten = TimeCode.EVIDENCE_FAILED.line(e.getMessage());
      LOG.error("{}", unwritten);
    }
  }
}
