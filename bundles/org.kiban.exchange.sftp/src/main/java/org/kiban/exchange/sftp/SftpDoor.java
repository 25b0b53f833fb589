package org.kiban.exchange.sftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Exchange;
import org.kiban.exchange.api.InterfaceView;
import org.kiban.platform.remote.Bandwidth;
import org.kiban.platform.remote.Throttle;
import org.kiban.platform.remote.Waits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door by which partners bring files and fetch theirs over SFTP. It writes into and reads from
 * the folders of the transport {@code directory}. Begun anew with each change of its settings.
 */
@Component(service = SftpDoor.class, immediate = true, configurationPid = "org.kiban.exchange.sftp")
@Designate(ocd = DoorSettings.class)
public final class SftpDoor {

  private static final Logger LOG = LoggerFactory.getLogger(SftpDoor.class);
  private static final Duration LOGIN = Duration.ofSeconds(30);
  private static final AttributeKey<String> TRIED = new AttributeKey<>();
  private static final int TRIES = 5;
  private static final long MIB = 1 << 20;

  private final DoorSettings settings;
  private final Guests guests;
  private final NodePaths paths;
  private final Linkages linkages;
  private final Records records;
  private final Uploads uploads;
  private final Map<String, Throttle> throttles = new ConcurrentHashMap<>();
  private final SshServer server;
  private final KeyPair key;

  /** Opens it if it is to be open; one that cannot be opened is told of. */
  @Activate
  public SftpDoor(
      DoorSettings settings,
      @Reference Municipalities municipalities,
      @Reference Partners partners,
      @Reference Secrets secrets,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Linkages linkages,
      @Reference EventAdmin events) {
    this.settings = settings;
    this.guests = new Guests(municipalities, partners, secrets, paths);
    this.paths = paths;
    this.linkages = linkages;
    this.records = new Records(events, "");
    this.uploads =
        new Uploads(
            files,
            Clock.systemUTC(),
            settings.max$_$waiting$_$files(),
            Duration.ofDays(settings.keep$_$unfinished$_$days()));
    requirePositive("sessions", settings.sessions());
    requirePositive("sessions-per-partner", settings.sessions$_$per$_$partner());
    requirePositive("idle-seconds", settings.idle$_$seconds());
    requirePositive("max-file-mib", settings.max$_$file$_$mib());
    requirePositive("max-waiting-files", settings.max$_$waiting$_$files());
    requirePositive("keep-unfinished-days", settings.keep$_$unfinished$_$days());
    try {
      this.key = HostKey.in(paths.nodeDirectory("sftp").resolve("host.key"), files);
      this.server = settings.open() ? opened() : null;
    } catch (IOException e) {
      String address = settings.host() + ":" + settings.port();
      LOG.error("{}", DoorMessage.NOT_OPEN.line(address, e.getMessage()));
      throw new UncheckedIOException(e);
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      LOG.error("{}", DoorMessage.WRONG_SETTING.line(name, value));
      throw new IllegalArgumentException(name);
    }
  }

  private SshServer opened() throws IOException {
    SshServer ssh = SshServer.setUpDefaultServer();
    ssh.setHost(settings.host());
    ssh.setPort(settings.port());
    ssh.setKeyPairProvider(KeyPairProvider.wrap(key));
    ssh.setPasswordAuthenticator(
        (user, password, s) -> {
          s.setAttribute(TRIED, user);
          return guests.hasPassword(user, password);
        });
    ssh.setPublickeyAuthenticator(
        (user, given, s) -> {
          s.setAttribute(TRIED, user);
          return guests.hasKey(user, given);
        });
    ssh.setUserAuthFactories(
        List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
    ssh.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    ssh.setShellFactory(null);
    ssh.setCommandFactory(null);
    ssh.setSubsystemFactories(List.of(new Visits()));
    Modern.only(ssh);
    CoreModuleProperties.SERVER_IDENTIFICATION.set(ssh, "Kiban");
    CoreModuleProperties.AUTH_TIMEOUT.set(ssh, LOGIN);
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(ssh, TRIES);
    CoreModuleProperties.IDLE_TIMEOUT.set(ssh, Duration.ofSeconds(settings.idle$_$seconds()));
    CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(ssh, settings.sessions$_$per$_$partner());
    SftpModuleProperties.SFTP_VERSION.set(ssh, 3);
    ssh.addSessionListener(new Logins(ssh));
    ssh.start();
    LOG.info("SFTP server listens on {}:{}", settings.host(), ssh.getPort());
    return ssh;
  }

  /** Makes sessions that see their own partner's files only. */
  private final class Visits extends SftpSubsystemFactory {

    @Override
    public Command createSubsystem(ChannelSession channel) {
      Guest guest = guests.known(channel.getSession().getUsername()).orElseThrow();
      SftpSubsystemFactory own = new SftpSubsystemFactory();
      own.setErrorStatusDataHandler(Visit.ERRORS);
      own.setFileSystemAccessor(
          new Folders(
              guest,
              tree(guest),
              uploads,
              SftpDoor.this::throttle,
              settings.max$_$file$_$mib() * MIB,
              records.from(String.valueOf(channel.getSession().getRemoteAddress()))));
      return new Visit(channel, own);
    }
  }

  private Tree tree(Guest guest) {
    Path root = paths.municipalityDirectory(guest.code(), "exchange");
    return new Tree(root, guest.partner(), () -> interfaces(guest));
  }

  private List<InterfaceView> interfaces(Guest guest) {
    return linkages.of(guest.code()).map(Exchange::interfaces).orElse(List.of());
  }

  private Throttle throttle(String route) {
    long rate = settings.kib$_$per$_$second() * 1024L;
    List<Bandwidth.Window> always =
        List.of(new Bandwidth.Window(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, rate));
    return throttles.computeIfAbsent(
        route, r -> new Bandwidth(always, Clock.systemUTC(), ZoneId.systemDefault(), Waits::pause));
  }

  /** Counts who is there, and tells the audit who came. */
  private final class Logins implements SessionListener {

    private final SshServer ssh;

    Logins(SshServer ssh) {
      this.ssh = ssh;
    }

    @Override
    public void sessionCreated(Session session) {
      if (ssh.getActiveSessions().size() > settings.sessions()) {
        session.close(true);
      }
    }

    @Override
    public void sessionEvent(Session session, Event event) {
      if (event == Event.Authenticated) {
        records(session).login(session.getUsername(), "done");
      }
    }

    @Override
    public void sessionClosed(Session session) {
      String tried = session.getAttribute(TRIED);
      if (!session.isAuthenticated() && tried != null) {
        records(session).login(tried, "failed");
      }
    }

    private Records records(Session session) {
      return records.from(String.valueOf(session.getIoSession().getRemoteAddress()));
    }
  }

  /**
   * How it is.
   *
   * @throws KibanException if it is not open
   */
  public DoorStatus status() {
    if (server == null) {
      throw new KibanException(Outcome.REFUSED, DoorMessage.SHUT);
    }
    List<DoorStatus.DoorUser> users =
        guests.municipalities().all().stream()
            .flatMap(
                m -> guests.partners().all(m.code()).stream().map(p -> m.code() + "-" + p.id()))
            .flatMap(user -> guests.known(user).stream())
            .flatMap(this::user)
            .toList();
    return new DoorStatus(
        settings.host() + ":" + server.getPort(),
        KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic()),
        PublicKeyEntry.toString(key.getPublic()),
        users);
  }

  private Stream<DoorStatus.DoorUser> user(Guest guest) {
    List<String> keys =
        guests.keys(guest).stream()
            .map(k -> KeyUtils.getFingerPrint(BuiltinDigests.sha256, k))
            .toList();
    boolean password = guests.password(guest).isPresent();
    if (keys.isEmpty() && !password) {
      return Stream.empty();
    }
    int sessions =
        (int)
            server.getActiveSessions().stream()
                .filter(s -> s.isAuthenticated() && guest.user().equals(s.getUsername()))
                .count();
    Tree tree = tree(guest);
    return Stream.of(
        new DoorStatus.DoorUser(
            guest.user(), keys, password, sessions, tree.lines(true), tree.lines(false)));
  }

  /** Ends every session; what was not closed can be gone on with later. */
  @Deactivate
  public void close() throws IOException {
    if (server != null) {
      server.stop(true);
    }
  }
}
