package org.kiban.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A node that ships a log by way of a relay to another node, to OpenSearch and, where there is one,
 * to rsyslog. Closing kills all.
 */
final class LogSite implements AutoCloseable {

  /** Whose log it is. */
  static final String CODE = "332020";

  /** Something that can be killed and comes back after a while. */
  interface Victim {
    void kill();

    void start() throws IOException;
  }

  final NodeProcess chosha = NodeProcess.create("ログ 庁舎");
  final NodeProcess relay = NodeProcess.create("ログ 中継");
  final NodeProcess cloud = NodeProcess.create("ログ クラウド");
  OpenSearchProcess search;
  RsyslogProcess rsyslog;

  /**
   * Starts all.
   *
   * @param folder for files of those that are no nodes
   * @param log the one to be shipped
   */
  void start(Path folder, Path log) throws Exception {
    name(chosha, "chosha");
    name(relay, "chukei");
    name(cloud, "cloud");
    int toRelay = listen(relay);
    int toCloud = listen(cloud);
    List<NodeProcess> nodes = List.of(chosha, relay, cloud);
    nodes.parallelStream().forEach(NodeProcess::start);
    int toSearch = Ports.free();
    search = new OpenSearchProcess(folder.resolve("os"), authority(chosha), toSearch);
    search.start();
    int toSyslog = Ports.free();
    if (RsyslogProcess.isPresent()) {
      rsyslog =
          new RsyslogProcess(
              Files.createDirectories(folder.resolve("rsyslog")),
              search.certificate(),
              authority(chosha),
              toSyslog);
      rsyslog.start();
    }
    trust(chosha, "search", search.certificate());
    trust(chosha, "chukei", authority(relay));
    trust(relay, "chosha", authority(chosha));
    trust(relay, "cloud", authority(cloud));
    trust(cloud, "chukei", authority(relay));
    declare(cloud, "\"accept\": [\"chukei relays=yes\"]");
    declare(
        relay,
        "\"accept\": [\"chosha\"], \"destinations\": [\"cloud type=node address=localhost:%d\"]"
            .formatted(toCloud));
    declare(chosha, sending(log, toRelay, toSearch, toSyslog));
    nodes.parallelStream()
        .forEach(n -> n.exec("municipality:enable " + CODE + " logship").expect(0));
  }

  /** How many the log is shipped to. */
  int destinations() {
    return rsyslog == null ? 2 : 3;
  }

  private String sending(Path log, int toRelay, int toSearch, int toSyslog) {
    return """
        "sources": ["gyomu files=\\"%s\\""], "poll-milliseconds": 100,
        "destinations": ["chukei type=node address=localhost:%d",
          "search type=opensearch url=https://localhost:%d"%s]
        """
        .formatted(
            log,
            toRelay,
            toSearch,
            rsyslog == null
                ? ""
                : ", \"rsyslog type=syslog peer=search address=localhost:" + toSyslog + '"');
  }

  private static void name(NodeProcess node, String name) {
    node.configure("org.kiban.node.cfg.json", "{ \"node-name\": \"" + name + "\" }");
  }

  private static int listen(NodeProcess node) throws IOException {
    int port = Ports.free();
    node.configure(
        "org.kiban.logship.receive.cfg.json",
        "{ \"port\": %d, \"syslog-port\": %d }".formatted(port, Ports.free()));
    return port;
  }

  private static void declare(NodeProcess node, String settings) {
    node.configure("org.kiban.logship~" + CODE + ".cfg.json", "{" + settings + "}");
  }

  private static Path authority(NodeProcess node) {
    return node.data().resolve("node/security/ca.crt");
  }

  private static void trust(NodeProcess who, String name, Path authority) throws IOException {
    Path directory = Files.createDirectories(who.etc().resolve("peers").resolve(name));
    Files.copy(authority, directory.resolve("ca.pem"));
  }

  /** A node. */
  static Victim victim(NodeProcess node) {
    return victim(node::kill, node::start);
  }

  /** Brings something back. */
  interface Starting {
    void start() throws IOException;
  }

  /** Something else. */
  static Victim victim(Runnable killing, Starting starting) {
    return new Victim() {
      @Override
      public void kill() {
        killing.run();
      }

      @Override
      public void start() throws IOException {
        starting.start();
      }
    };
  }

  @Override
  public void close() {
    List.of(chosha, relay, cloud).forEach(NodeProcess::close);
    if (search != null) {
      search.close();
    }
    if (rsyslog != null) {
      rsyslog.close();
    }
  }
}
