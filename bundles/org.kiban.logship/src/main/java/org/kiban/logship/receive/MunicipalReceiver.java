package org.kiban.logship.receive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journals;
import org.kiban.logship.Declaration;
import org.kiban.logship.Declared;
import org.kiban.logship.LogCode;
import org.kiban.logship.frame.FrameServer;
import org.kiban.logship.frame.FrameSink;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.frame.Place;
import org.kiban.logship.ship.DestinationType;
import org.kiban.logship.tls.Peer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one municipality receives from other nodes: who may send, its store, its ways on. */
@Component(
    service = MunicipalReceiver.class,
    configurationPid = "org.kiban.logship",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MunicipalReceiver {

  private record Sender(Peer peer, boolean relays) {}

  private static final Logger LOG = LoggerFactory.getLogger(MunicipalReceiver.class);
  private static final String HERE = "local";
  private static final long MIB = 1 << 20;
  private static final long VOLUME_BYTES = 32 * MIB;

  private final MunicipalityCode code;
  private final String file;
  private final NodePaths paths;
  private final DurableFiles files;
  private final List<Sender> senders = new ArrayList<>();
  private final Map<Peer, SyslogLane> syslog = new LinkedHashMap<>();
  private final int mostMib;
  private final Received received;

  /** Opens the store if somebody may send. */
  @Activate
  public MunicipalReceiver(
      MunicipalReceiveSettings settings,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference Keys keys,
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<DestinationType> types)
      throws IOException {
    this.code = new MunicipalityCode(settings.code());
    this.file = "etc/org.kiban.logship~" + code + ".cfg.json";
    this.paths = paths;
    this.files = files;
    this.mostMib = settings.received$_$max$_$mib();
    for (String line : settings.accept()) {
      Declaration sender = Declaration.parse(file, line);
      sender.only(Set.of("relays"));
      senders.add(
          new Sender(
              Peer.of(paths.etc(), sender.name()),
              sender.find("relays").equals(Optional.of("yes"))));
    }
    List<Pattern> masks = Declared.masks(file, settings.masks());
    List<Peer> machines = new ArrayList<>();
    for (String line : settings.accept$_$syslog()) {
      Declaration machine = Declaration.parse(file, line);
      machine.only(Set.of());
      machines.add(Peer.of(paths.etc(), machine.name()));
    }
    if (senders.isEmpty() && machines.isEmpty()) {
      this.received = null;
      return;
    }
    Path directory = paths.municipalityDirectory(code, "logship");
    FrameStore store =
        new FrameStore(
            Files.createDirectories(directory.resolve("received")),
            journals,
            keys.municipality(code, "logship-received"),
            new FrameStore.Room(mostMib * MIB, VOLUME_BYTES));
    this.received = new Received(store, forwarders(settings, store, types, directory));
    for (Peer machine : machines) {
      syslog.put(machine, new SyslogLane(machine.name(), masks, received, InstantSource.system()));
    }
  }

  /** Lets go of the store. */
  @Deactivate
  public void deactivate() throws IOException {
    if (received != null) {
      received.close();
    }
  }

  /** Whose logs these are. */
  MunicipalityCode code() {
    return code;
  }

  /** What an operator has to see to. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (received != null) {
      received
          .problems()
          .forEach(problem -> problems.add(LogCode.NOT_PASSED_ON.line(code, problem)));
      if (received.isFull()) {
        problems.add(LogCode.RECEIVED_FULL.line(code, mostMib));
      }
    }
    return problems;
  }

  /** Those who may send. */
  List<Peer> peers() {
    return senders.stream().map(Sender::peer).toList();
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
    for (Sender sender : senders) {
      if (isShown(sender.peer, session)) {
        return new Guest(sender.peer.name(), sender.relays, paths.nodeName(), received);
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
      MunicipalReceiveSettings settings,
      FrameStore store,
      List<DestinationType> types,
      Path directory)
      throws IOException {
    List<Forwarder> all = new ArrayList<>();
    for (String line : settings.destinations()) {
      try {
        Declaration way = Declaration.parse(file, line);
        if (way.require("type").equals(HERE)) {
          continue; // what was received is kept here already
        }
        Path own = Files.createDirectories(directory.resolve("forward").resolve(way.name()));
        DestinationType type = type(types, way);
        all.add(
            new Forwarder(code + "/" + way.name(), store, type.open(code, way, own), memory(own)));
      } catch (KibanException e) {
        // The sender of this node's own logs reports the same line; the other ways go on.
        LOG.error("{}", e.getMessage());
      }
    }
    return all;
  }

  private static DestinationType type(List<DestinationType> types, Declaration way) {
    String wanted = way.require("type");
    return types.stream()
        .filter(t -> t.name().equals(wanted))
        .findAny()
        .orElseThrow(
            () ->
                way.bad(
                    "type", Arrays.toString(types.stream().map(DestinationType::name).toArray())));
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
