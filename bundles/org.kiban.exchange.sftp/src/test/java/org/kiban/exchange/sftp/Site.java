package org.kiban.exchange.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.kiban.core.Environment;
import org.kiban.core.Municipalities;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Partner;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.kiban.exchange.api.Exchange;
import org.kiban.exchange.api.InterfaceView;
import org.kiban.storage.DurableFilesComponent;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** A node with one municipality, its partners, and their programs. */
final class Site {

  private static final MunicipalityCode CODE = new MunicipalityCode("332020");

  private final Path folder;
  private final Path etc;
  private final Path root;
  private final List<Event> events;
  private final SortedMap<String, String> secrets = new TreeMap<>();
  private final List<String> options = new ArrayList<>();
  private boolean isOn = true;
  private SftpDoor door;

  Site(Path folder, List<Event> events) throws IOException {
    this.folder = folder;
    this.events = events;
    this.etc = Files.createDirectories(folder.resolve("etc"));
    this.root = Files.createDirectories(folder.resolve("data/332020/exchange"));
  }

  Path root() {
    return root;
  }

  Path in(String line) {
    return root.resolve("in").resolve(line);
  }

  Path out(String consumer, String line) {
    return root.resolve("out").resolve(consumer).resolve(line);
  }

  void shut() {
    isOn = false;
  }

  void password(String partner, String password) {
    secrets.put("sftp-" + partner, password);
  }

  Site with(String option) {
    options.clear();
    options.add(option);
    return this;
  }

  /** Opens the door with settings, others as shipped. */
  SftpDoor open(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("open", true);
    all.put("port", 0);
    Linkages linkages = new Linkages();
    linkages.add(exchange(), Map.of("municipality", CODE.value()));
    door =
        new SftpDoor(
            annotation(all),
            municipalities(),
            partners(),
            secrets(),
            paths(),
            new DurableFilesComponent(),
            linkages,
            fake(EventAdmin.class, Map.of("postEvent", a -> events.add((Event) a[0]))));
    return door;
  }

  Guests guests() {
    return new Guests(municipalities(), partners(), secrets(), paths());
  }

  private static DoorSettings annotation(Map<String, Object> values) {
    return (DoorSettings)
        Proxy.newProxyInstance(
            Site.class.getClassLoader(),
            new Class<?>[] {DoorSettings.class},
            (proxy, method, arguments) ->
                values.getOrDefault(
                    method.getName().replace("$_$", "-"), method.getDefaultValue()));
  }

  private interface Call {
    Object made(Object... arguments);
  }

  /** Of a service only what is called. */
  private static <T> T fake(Class<T> type, Map<String, Call> calls) {
    return type.cast(
        Proxy.newProxyInstance(
            Site.class.getClassLoader(),
            new Class<?>[] {type},
            (Object proxy, Method method, Object[] arguments) -> {
              Object answer = calls.get(method.getName()).made(arguments);
              return method.getReturnType() == void.class ? null : answer;
            }));
  }

  private Municipalities municipalities() {
    Municipality kurashiki =
        new Municipality(
            CODE,
            "倉敷市",
            org.kiban.core.Site.values()[0],
            Environment.PRODUCTION,
            new TreeSet<>(List.of("exchange")));
    return fake(
        Municipalities.class,
        Map.of(
            "all", a -> List.of(kurashiki),
            "find", a -> isOn && CODE.equals(a[0]) ? Optional.of(kurashiki) : Optional.empty()));
  }

  private Partners partners() {
    List<Partner> all =
        List.of("010", "023", "031").stream()
            .map(id -> new Partner(id, id, "", Environment.PRODUCTION, "", new TreeMap<>()))
            .toList();
    return fake(
        Partners.class,
        Map.of(
            "all", a -> all,
            "find", a -> all.stream().filter(p -> p.id().equals(a[1])).findFirst()));
  }

  private Secrets secrets() {
    return fake(
        Secrets.class,
        Map.of(
            "find",
            a ->
                CODE.equals(a[0])
                    ? Optional.ofNullable(secrets.get(String.valueOf(a[1])))
                    : Optional.empty()));
  }

  private NodePaths paths() {
    Path node = folder.resolve("data/node/sftp");
    return fake(
        NodePaths.class,
        Map.of(
            "etc", a -> etc,
            "municipalityDirectory", a -> root,
            "nodeDirectory", a -> made(node)));
  }

  private static Path made(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Exchange exchange() {
    Map<String, String> ways = Map.of("010", "directory", "023", "directory");
    InterfaceView atena =
        new InterfaceView(
            "031-atena",
            "",
            "031",
            List.of("010", "023"),
            "active",
            List.of(),
            "",
            "directory",
            ways,
            "");
    InterfaceView other =
        new InterfaceView(
            "023-other",
            "",
            "023",
            List.of("031"),
            "active",
            List.of(),
            "",
            "s3",
            Map.of("031", "s3"),
            "");
    return fake(Exchange.class, Map.of("interfaces", a -> List.of(atena, other)));
  }

  /** Gives a partner a key, as ssh-keygen makes it. */
  void key(String partner) throws IOException, InterruptedException {
    Path key = folder.resolve("key-" + partner);
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).expect(0);
    Path keys = Files.createDirectories(etc.resolve("sftp/332020"));
    Files.copy(folder.resolve("key-" + partner + ".pub"), keys.resolve(partner + ".pub"));
  }

  /** What a program said. */
  record Said(int status, String text) {
    void expect(int wanted) {
      assertThat(status).as(text).isEqualTo(wanted);
    }

    void refuse() {
      assertThat(status).as(text).isNotZero();
    }
  }

  /** Runs OpenSSH's client with commands, which end at the first that fails. */
  Said sftp(String partner, String... commands) throws IOException, InterruptedException {
    return run(client(partner, commands));
  }

  Process begin(String partner, String... commands) throws IOException {
    return new ProcessBuilder(client(partner, commands))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("client.log").toFile())
        .start();
  }

  private String[] client(String partner, String... commands) throws IOException {
    Path batch = Files.createTempFile(folder, "batch", ".txt");
    Files.write(batch, List.of(commands));
    List<String> line = new ArrayList<>(List.of("sftp", "-P", port(), "-b", batch.toString()));
    line.addAll(ssh(partner));
    line.add("332020-" + partner + "@127.0.0.1");
    return line.toArray(String[]::new);
  }

  private String port() {
    String address = door.status().address();
    return address.substring(address.indexOf(':') + 1);
  }

  private List<String> ssh(String partner) throws IOException {
    Path known = folder.resolve("known_hosts");
    Files.writeString(known, "[127.0.0.1]:" + port() + " " + door.status().knownHost() + "\n");
    List<String> all =
        new ArrayList<>(
            List.of(
                "-F/dev/null",
                "-oUserKnownHostsFile=" + known,
                "-oStrictHostKeyChecking=yes",
                "-oBatchMode=yes",
                "-oIdentitiesOnly=yes",
                "-oIdentityFile=" + folder.resolve("key-" + partner)));
    all.addAll(options);
    return all;
  }

  Said scp(String partner, Path local, String remote) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("scp", "-P", port()));
    line.addAll(ssh(partner));
    line.addAll(List.of(local.toString(), "332020-" + partner + "@127.0.0.1:" + remote));
    return run(line.toArray(String[]::new));
  }

  Said lftp(String partner, String command) throws IOException, InterruptedException {
    String ssh = "ssh -a -x " + String.join(" ", ssh(partner));
    String script =
        "set sftp:connect-program \""
            + ssh
            + "\"; set net:max-retries 1; open -u 332020-"
            + partner
            + ",x -p "
            + port()
            + " sftp://127.0.0.1; "
            + command;
    return run("lftp", "-c", script);
  }

  static boolean hasProgram(String name) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(d -> Files.isExecutable(Path.of(d, name)));
  }

  private Said run(String... line) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(List.of(line).toString()).isTrue();
    return new Said(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
