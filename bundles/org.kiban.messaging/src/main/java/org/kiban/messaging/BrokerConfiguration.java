package org.kiban.messaging;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.DiskFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.keys.TlsIdentity;

/** Says in Artemis's terms what the settings and our rules ask of the broker. */
final class BrokerConfiguration {

  /** The last word of the address that holds what could not be delivered. */
  static final String DEAD_LETTER = ".dead-letter";

  /** The last word of the address that holds what was not taken in time. */
  static final String EXPIRY = ".expiry";

  /** The directories of its two journals, bindings and messages. */
  static final List<String> JOURNALS = List.of("bindings", "journal");

  /** The directory of messages that do not fit into memory. */
  static final String PAGING = "paging";

  /** The directory of messages that are files. */
  static final String LARGE_MESSAGES = "large-messages";

  private static final String PID = "org.kiban.messaging.broker";
  private static final int DISK_SCAN_MILLISECONDS = 500;
  private static final long LOCK_WAIT_MILLISECONDS = 5_000;

  private final BrokerSettings settings;
  private final boolean still;

  /**
   * @throws KibanException if a value cannot be used; names it
   */
  BrokerConfiguration(BrokerSettings settings) {
    this(settings, false);
  }

  private BrokerConfiguration(BrokerSettings settings, boolean still) {
    this.settings = settings;
    this.still = still;
    check("port", settings.port(), 0, 65_535);
    check("global-max-mib", settings.global$_$max$_$mib(), 1, 1 << 20);
    check("address-max-mib", settings.address$_$max$_$mib(), 1, 1 << 20);
    check("page-size-mib", settings.page$_$size$_$mib(), 1, settings.address$_$max$_$mib());
    check("address-disk-max-mib", settings.address$_$disk$_$max$_$mib(), 1, 1 << 30);
    check("min-disk-free-mib", settings.min$_$disk$_$free$_$mib(), 1, 1 << 30);
    check("journal-file-size-mib", settings.journal$_$file$_$size$_$mib(), 1, 1024);
    check(
        "journal-buffer-timeout-microseconds",
        settings.journal$_$buffer$_$timeout$_$microseconds(),
        1,
        1_000_000);
    check("max-delivery-attempts", settings.max$_$delivery$_$attempts(), 1, 1_000_000);
    check(
        "redelivery-delay-milliseconds", settings.redelivery$_$delay$_$milliseconds(), 0, 1 << 30);
    check(
        "redelivery-delay-max-seconds", settings.redelivery$_$delay$_$max$_$seconds(), 0, 1 << 20);
    if (!settings.client$_$certificate().matches("none|optional|required")) {
      throw bad("client-certificate", settings.client$_$certificate(), "none, optional, required");
    }
  }

  /** The same for a broker that leaves everything where it is: nothing expires in it. */
  BrokerConfiguration still() {
    return new BrokerConfiguration(settings, true);
  }

  /**
   * The broker itself, reachable in this process only, with no address and no permission.
   *
   * @param directory where it keeps its files
   * @param nodeName the broker's name
   * @param inVmId tells brokers in one process apart
   */
  Configuration broker(Path directory, String nodeName, int inVmId) throws Exception {
    Configuration c = new ConfigurationImpl();
    c.setName(nodeName).setJMXManagementEnabled(false).setResolveProtocols(false);
    journal(c, directory);
    c.setGlobalMaxSize(mib(settings.global$_$max$_$mib()));
    c.setMinDiskFree(mib(settings.min$_$disk$_$free$_$mib()));
    c.setDiskScanPeriod(DISK_SCAN_MILLISECONDS);
    c.setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG);
    c.setSecurityEnabled(true);
    // The built-in cluster user may do everything, and its default password is public.
    c.setClusterUser(Access.randomPassword()).setClusterPassword(Access.randomPassword());
    c.setSecurityRoles(Map.of());
    // Access remembers by itself.
    c.setAuthenticationCacheSize(0).setAuthorizationCacheSize(0);
    c.setAddressSettings(Map.of("#", closed()));
    if (still) {
      c.setMessageExpiryScanPeriod(-1).setAddressQueueScanPeriod(-1);
    }
    c.addAcceptorConfiguration(
        new TransportConfiguration(
            InVMAcceptorFactory.class.getName(), Map.of("serverId", inVmId), "in-vm"));
    return c;
  }

  /** What holds for the addresses of one municipality. */
  AddressSettings municipality(MunicipalityCode code) {
    return closed()
        .setAutoCreateAddresses(true)
        .setAutoCreateQueues(true)
        .setDeadLetterAddress(SimpleString.of(code + DEAD_LETTER))
        .setExpiryAddress(SimpleString.of(code + EXPIRY))
        .setMaxDeliveryAttempts(settings.max$_$delivery$_$attempts())
        .setRedeliveryDelay(settings.redelivery$_$delay$_$milliseconds())
        .setRedeliveryMultiplier(2.0)
        .setMaxRedeliveryDelay(settings.redelivery$_$delay$_$max$_$seconds() * 1000L);
  }

  /**
   * What holds for deliveries of the linkage: its ledger decides about them, not a counter here.
   */
  AddressSettings linkage(MunicipalityCode code) {
    return municipality(code).setMaxDeliveryAttempts(-1).setRedeliveryDelay(0);
  }

  /**
   * The way in from outside. TLS 1.2 and later; renewed certificates are taken up by themselves.
   */
  TransportConfiguration listener(TlsIdentity identity) {
    Map<String, Object> p = new HashMap<>();
    p.put(TransportConstants.HOST_PROP_NAME, settings.host());
    p.put(TransportConstants.PORT_PROP_NAME, settings.port());
    p.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE");
    p.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
    p.put(TransportConstants.SSL_AUTO_RELOAD_PROP_NAME, true);
    p.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3,TLSv1.2");
    p.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
    p.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, identity.keyStore().toString());
    p.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, new String(identity.password()));
    p.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
    p.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, identity.trustStore().toString());
    p.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, new String(identity.password()));
    String certificate = settings.client$_$certificate();
    p.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, certificate.equals("required"));
    p.put(TransportConstants.WANT_CLIENT_AUTH_PROP_NAME, certificate.equals("optional"));
    return new TransportConfiguration(NettyAcceptorFactory.class.getName(), p, "tls");
  }

  /** The host and port that the listener is to have, for messages. */
  String endpoint() {
    return settings.host() + ":" + settings.port();
  }

  private void journal(Configuration c, Path directory) {
    c.setBindingsDirectory(directory.resolve(JOURNALS.get(0)).toString());
    c.setJournalDirectory(directory.resolve(JOURNALS.get(1)).toString());
    c.setPagingDirectory(directory.resolve(PAGING).toString());
    c.setLargeMessagesDirectory(directory.resolve(LARGE_MESSAGES).toString());
    c.setJournalType(JournalType.NIO).setJournalDatasync(true);
    c.setJournalSyncTransactional(true).setJournalSyncNonTransactional(true);
    c.setJournalFileSize((int) mib(settings.journal$_$file$_$size$_$mib()));
    c.setJournalMinFiles(2).setJournalPoolFiles(10);
    c.setJournalBufferTimeout_NIO(settings.journal$_$buffer$_$timeout$_$microseconds() * 1000);
    // Another process that holds the files is an error to report, not a live broker to stand by
    // for.
    c.setJournalLockAcquisitionTimeout(LOCK_WAIT_MILLISECONDS);
  }

  /** An address that nobody made; also the limits that every address has. */
  private AddressSettings closed() {
    return new AddressSettings()
        .setAutoCreateAddresses(false)
        .setAutoCreateQueues(false)
        .setAutoDeleteAddresses(false)
        .setAutoDeleteQueues(false)
        .setAutoCreateDeadLetterResources(false)
        .setAutoCreateExpiryResources(false)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setMaxSizeBytes(mib(settings.address$_$max$_$mib()))
        .setPageSizeBytes((int) mib(settings.page$_$size$_$mib()))
        .setPageLimitBytes(mib(settings.address$_$disk$_$max$_$mib()))
        .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL)
        .setDiskFullMessagePolicy(DiskFullMessagePolicy.BLOCK);
  }

  private static long mib(int mebibytes) {
    return mebibytes * 1024L * 1024L;
  }

  private static void check(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw bad(key, String.valueOf(value), min + "–" + max);
    }
  }

  private static KibanException bad(String key, String value, String allowed) {
    return new KibanException(
        Outcome.FAILED, MessagingCode.BAD_SETTING, "etc/" + PID + ".cfg.json", key, value, allowed);
  }
}
