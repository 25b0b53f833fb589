package org.kiban.logship.receive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journals;
import org.kiban.logship.ArchiveOwner;
import org.kiban.logship.Declaration;
import org.kiban.logship.DestinationTypes;
import org.kiban.logship.LogCode;
import org.kiban.logship.frame.FrameServer;
import org.kiban.logship.frame.FrameSink;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.frame.Place;
import org.kiban.logship.frame.StampedStore;
import org.kiban.logship.local.Archive;
import org.kiban.logship.tls.Peer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one municipality receives from other nodes: who may send, its store, its ways on. */
@Component(
    service = {MunicipalReceiver.class, ArchiveOwner.class},
    configurationPid = "org.kiban.logship",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MunicipalReceiver implements ArchiveOwner {

  private static final Logger LOG = LoggerFactory.getLogger(MunicipalReceiver.class);
  private static final String HERE = "local";
  private static final long MIB = 1 << 20;
  private static final long VOLUME_BYTES = 32 * MIB;

  private final MunicipalityCode code;
  private final String file;
  private final NodePaths paths;
  private final DurableFiles files;
  private final Map<Peer, SyslogLane> syslog = new LinkedHashMap<>();
  private final ReceiveDeclared declared;
  private final String problem;
  private final Received received;
  private final Optional<ScheduledExecutorService> keeper;

  /** Opens the store if somebody may send. */
  @Activate
  public MunicipalReceiver(
      MunicipalReceiveSettings settings,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference Keys keys,
      @Reference DestinationTypes types)
      throws IOException {
    this.code = new MunicipalityCode(settings.code());
    this.file = "etc/org.kiban.logship~" + code + ".cfg.json";
    this.paths = paths;
    this.files = files;
    ReceiveDeclared read = ReceiveDeclared.NOBODY;
    String wrong = "";
    try {
      read = ReceiveDeclared.read(file, paths.etc(), settings);
    } catch (KibanException e) {
      LOG.error("{}", e.getMessage());
      wrong = e.getMessage();
    }
    this.declared = read;
    this.problem = wrong;
    if (declared.senders().isEmpty() && declared.machines().isEmpty()) {
      this.received = null;
      this.keeper = Optional.empty();
      return;
    }
    Path directory = paths.municipalityDirectory(code, "logship");
    FrameStore store =
        new FrameStore(
            Files.createDirectories(directory.resolve("received")),
            journals,
            keys.municipality(code, "logship-received"),
            new FrameStore.Room(declared.mostMib() * MIB, VOLUME_BYTES));
    this.received =
        new Received(
            new StampedStore(store, InstantSource.system()),
            forwarders(settings, store, types, directory));
    this.keeper = keeper(declared.keep());
    for (Peer machine : declared.machines()) {
      syslog.put(
          machine,
          new SyslogLane(machine.name(), declared.masks(), received, InstantSource.system()));
    }
  }

  /** Lets go of the store. */
  @Deactivate
  public void deactivate() throws IOException {
    keeper.ifPresent(ScheduledExecutorService::shutdown);
    if (received != null) {
      received.close();
    }
  }

  /** Lets go of what is old, every hour. */
  private Optional<ScheduledExecutorService> keeper(Duration keep) {
    if (keep.isZero()) {
      return Optional.empty();
    }
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> new Thread(task, "kiban-logship-" + code + "-keep"));
    timer.scheduleWithFixedDelay(
        () -> {
          try {
            received.expire(Instant.now().minus(keep));
          } catch (IOException | RuntimeException e) {
            LOG.warn("{}", LogCode.STATE_FAILED.line(e.getMessage()));
          }
        },
        1,
        60,
        TimeUnit.MINUTES);
    return Optional.of(timer);
  }

  @Override
  public String municipality() {
    return code.toString();
  }

  @Override
  public Optional<Archive> archive() {
    return Optional.ofNullable(received);
  }

  /** Whose logs these are. */
  MunicipalityCode code() {
    return code;
  }

  /** What an operator has to see to. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!problem.isEmpty()) {
      problems.add(problem);
    }
    if (received != null) {
      received
          .problems()
          .forEach(problem -> problems.add(LogCode.NOT_PASSED_ON.line(code, problem)));
      if (received.isFull()) {
        problems.add(LogCode.RECEIVED_FULL.line(code, declared.mostMib()));
      }
    }
    return problems;
  }

  /** Those who may send. */
  List<Peer> peers() {
    return declared.senders().stream().map(ReceiveDeclared.Sender::peer).toList();
  }

  /** Those who may send syslog. */
  Set<Peer> machines() {
    return syslog.keySet();
  }

  /** Where syslog of the machine of a session goes, if it may send. */
  Optional<SyslogLane> syslog(SSLSession session) {
    for (Map.Entry<Peer, SyslogLane> machine : syslog.entrySet()) {
      if (isShown(machine.getKey(), session)) {
        return Optional.of(machine.getValue());
      }
    }
    return Optional.empty();
  }

  /**
   * The store, as the sender of a session may use it.
   *
   * @throws FrameServer.Refusal if it may not
   */
  FrameSink admit(SSLSession session) throws FrameServer.Refusal {
    for (ReceiveDeclared.Sender sender : declared.senders()) {
      if (isShown(sender.peer(), session)) {
        return new Guest(sender.peer().name(), sender.relays(), paths.nodeName(), received);
      }
    }
    throw new FrameServer.Refusal("this certificate may not send logs of " + code);
  }

  private static boolean isShown(Peer peer, SSLSession session) {
    try {
      return peer.isShownBy(session);
    } catch (IOException e) {
      LOG.warn("{}", LogCode.PEER_UNREADABLE.line(peer.authority(), e.getMessage()));
      return false;
    }
  }

  private List<Forwarder> forwarders(
      MunicipalReceiveSettings settings, FrameStore store, DestinationTypes types, Path directory)
      throws IOException {
    List<Forwarder> all = new ArrayList<>();
    for (String line : settings.destinations()) {
      try {
        Declaration way = Declaration.parse(file, line);
        if (way.require("type").equals(HERE)) {
          continue; // what was received is kept here already
        }
        Path own = Files.createDirectories(directory.resolve("forward").resolve(way.name()));
        all.add(
            new Forwarder(code + "/" + way.name(), store, types.open(code, way, own), memory(own)));
      } catch (KibanException e) {
        // The sender of this node's own logs reports the same line; the other ways go on.
        LOG.error("{}", e.getMessage());
      }
    }
    return all;
  }

  private Forwarder.Memory memory(Path directory) {
    Path place = directory.resolve("place");
    return new Forwarder.Memory() {
      @Override
      public Place load() throws IOException {
        if (!Files.exists(place)) {
          return Place.START;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(place));
        return new Place(bytes.getLong(), bytes.getLong());
      }

      @Override
      public void save(Place at) throws IOException {
        byte[] bytes = ByteBuffer.allocate(16).putLong(at.volume()).putLong(at.entry()).array();
        files.write(place, out -> out.write(bytes));
      }
    };
  }
}
