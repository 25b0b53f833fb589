package org.kiban.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.jaas.modules.EncryptionService;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.keys.Secrets;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.core.storage.DurableFiles;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens keys and certificates and registers them as services, each only once it holds; looks every
 * minute whether the operator changed a certificate, one is due, or what failed before works now.
 * Requires its configuration, because a master key made in the wrong place would be a second one.
 */
@Component(
    service = SecurityState.class,
    immediate = true,
    configurationPid = "org.kiban.security",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SecurityConfig.class)
public final class SecurityComponent implements SecurityState {

  private static final Logger LOG = LoggerFactory.getLogger(SecurityComponent.class);
  private static final String CAPABILITY = "security";
  private static final String CERTIFICATE = "certificate";
  private static final int CHECK_SECONDS = 60;

  private final BundleContext context;
  private final SecurityConfig config;
  private final NodePaths paths;
  private final DurableFiles files;
  private final TrustedClock clock;
  private final FirstAdministrator administrator;
  private final ScheduledExecutorService worker;
  private ServiceRegistration<Keys> keys;
  private ServiceRegistration<Secrets> secrets;
  private ServiceRegistration<NodeSecrets> ofNode;
  private ServiceRegistration<TlsIdentity> tls;
  private ServiceRegistration<BackupSource> saved;
  private volatile NodeIdentity identity;
  private volatile KibanException problem;
  private volatile boolean prepared;

  /** Called by the component runtime. */
  @Activate
  public SecurityComponent(
      BundleContext context,
      SecurityConfig config,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference TrustedClock clock,
      @Reference(target = "(name=kiban)") EncryptionService encryption) {
    this.context = context;
    this.config = config;
    this.paths = paths;
    this.files = files;
    this.clock = clock;
    this.administrator =
        new FirstAdministrator(
            paths.nodeDirectory(CAPABILITY),
            paths.etc().resolve("users.properties"),
            files,
            encryption.createEncryption(java.util.Map.of()));
    // Others wait for keys and certificates; nobody does for a password that takes its time to
    // hash.
    attempt(this::refresh);
    this.worker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "kiban-security-1");
              thread.setDaemon(true);
              return thread;
            });
    worker.scheduleWithFixedDelay(this::check, 0, CHECK_SECONDS, TimeUnit.SECONDS);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void deactivate() {
    worker.shutdownNow();
    withdraw();
  }

  private synchronized void withdraw() {
    if (tls != null) {
      tls.unregister();
    }
    if (secrets != null) {
      secrets.unregister();
    }
    if (ofNode != null) {
      ofNode.unregister();
    }
    if (saved != null) {
      saved.unregister();
    }
    if (keys != null) {
      keys.unregister();
    }
  }

  private void check() {
    attempt(
        () -> {
          refresh();
          // Last, so that a configuration directory that cannot be written stops only log-ins.
          administrator.ensure();
        });
    prepared = true;
  }

  private synchronized void refresh() {
    if (identity == null) {
      open();
    } else if (identity.refresh()) {
      tls.setProperties(certificateProperties());
    }
  }

  private void attempt(Runnable step) {
    try {
      step.run();
      problem = null;
    } catch (KibanException e) {
      if (problem == null || !problem.getMessage().equals(e.getMessage())) {
        LOG.error(e.getMessage());
        LOG.debug("cause", e);
      }
      problem = e;
    }
  }

  private void open() {
    Path directory = paths.nodeDirectory(CAPABILITY);
    MasterKey master = MasterKey.open(masterKeyFile(), KeyVault.holdsKeys(paths.data()), files);
    KeyVault vault = new KeyVault(master, paths, files);
    char[] password =
        Base64.getUrlEncoder().encodeToString(vault.node("tls-stores").getEncoded()).toCharArray();
    NodeIdentity.Policy policy =
        new NodeIdentity.Policy(
            paths.nodeName(),
            HostNames.of(paths.nodeName(), config.host$_$names()),
            Duration.ofDays(config.certificate$_$life$_$days()),
            Duration.ofDays(config.renew$_$before$_$days()));
    identity =
        new NodeIdentity(
            directory,
            paths.etc().resolve("tls"),
            policy,
            new Stores(files, password),
            files,
            clock);
    keys = context.registerService(Keys.class, vault, new Hashtable<>());
    SecretVault all = new SecretVault(vault, paths, files);
    secrets = context.registerService(Secrets.class, all, new Hashtable<>());
    ofNode = context.registerService(NodeSecrets.class, all.node(), new Hashtable<>());
    tls = context.registerService(TlsIdentity.class, identity, certificateProperties());
    saved = context.registerService(BackupSource.class, new MasterKeySource(master.file()), null);
  }

  private Path masterKeyFile() {
    if (config.master$_$key$_$file().isBlank()) {
      return paths.nodeDirectory(CAPABILITY).resolve("master.key");
    }
    Path file = Path.of(config.master$_$key$_$file());
    if (!file.isAbsolute() || !Files.isDirectory(file.getParent())) {
      throw new KibanException(
          Outcome.FAILED,
          SecurityMessage.STORE_UNUSABLE,
          file,
          "master-key-file: not absolute, or its directory does not exist");
    }
    return file;
  }

  @Override
  public NodeIdentity identity() {
    return identity;
  }

  @Override
  public KibanException problem() {
    return problem;
  }

  @Override
  public boolean prepared() {
    return prepared;
  }

  @Override
  public List<Path> secrets() {
    Path directory = paths.nodeDirectory(CAPABILITY);
    Path configured = Path.of(config.master$_$key$_$file());
    return List.of(
        config.master$_$key$_$file().isBlank() ? directory.resolve("master.key") : configured,
        directory.resolve(KeyVault.FILE),
        directory.resolve("ca.p12"),
        directory.resolve("node.p12"),
        paths.etc().resolve("tls").resolve("server.key"),
        paths.etc().resolve("users.properties"));
  }

  private Dictionary<String, Object> certificateProperties() {
    Dictionary<String, Object> properties = new Hashtable<>();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.certificate().getEncoded());
      properties.put(CERTIFICATE, HexFormat.of().formatHex(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a parsed certificate has an encoding", e);
    }
    return properties;
  }
}
