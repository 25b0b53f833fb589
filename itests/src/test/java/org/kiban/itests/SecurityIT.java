package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The doors of a new node, tried with the programs that others have: ssh, openssl, curl, ss. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityIT {

  private static final Pattern PASSWORD = Pattern.compile("password : (\\S{29})");

  private static NodeProcess node;
  private static String firstStart;

  @BeforeAll
  static void givenAFirstStart() {
    node = NodeProcess.create("安全");
    firstStart = node.kiban("start").expect(0).out();
  }

  @AfterAll
  static void end() {
    node.close();
  }

  @Test
  void onlyLoopbackListensAndOnlyWhatIsDeclared() {
    assumeTrue(has("ss"), "ss is not here");
    String pid = "pid=" + node.process().orElseThrow().pid() + ",";

    List<String> places =
        Shell.run(List.of("ss", "-H", "-ltnp"))
            .expect(0)
            .out()
            .lines()
            .filter(line -> line.contains(pid))
            .map(line -> line.split("\\s+")[3])
            .toList();

    assertThat(places)
        .allMatch(p -> p.contains("127.0.0.1]:") || p.startsWith("127.0.0.1:"))
        .extracting(p -> Integer.valueOf(p.substring(p.lastIndexOf(':') + 1)))
        .contains(port("org.apache.karaf.shell.cfg"), port("org.kiban.http.cfg.json"))
        .isSubsetOf(
            port("org.apache.karaf.shell.cfg"),
            port("org.kiban.http.cfg.json"),
            port("org.kiban.messaging.broker.cfg.json"));
  }

  @Test
  void theFirstPasswordIsShownOnceAndLiesNowhereInClear() throws IOException {
    String password = password();

    assertThat(node.data().resolve("node/security/first-password")).doesNotExist();
    for (Path place : List.of(node.data(), node.etc())) {
      Shell.run(List.of("grep", "-rqF", "--", password, place.toString())).expect(1);
    }
    try (Stream<Path> files = Files.list(node.data().resolve("node/security"))) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void sshTakesTheFirstPasswordAndNoOther() throws IOException {
    assumeTrue(has("ssh"), "ssh is not here");
    String stored =
        Files.readAllLines(node.etc().resolve("users.properties")).stream()
            .filter(line -> line.startsWith("admin"))
            .map(line -> line.replaceFirst("admin = ", "").split(",")[0])
            .findFirst()
            .orElseThrow();

    assertThat(ssh(password(), "node:status").expect(0).out()).contains("ready");
    for (String wrong : List.of("wrong", "", "karaf", "admin", stored)) {
      assertThat(ssh(wrong, "node:status").status()).as(wrong).isEqualTo(255);
    }
  }

  @Test
  void aRoleForOneMunicipalityReachesNoOther() throws IOException {
    assumeTrue(has("ssh"), "ssh is not here");
    Path users = node.etc().resolve("users.properties");
    String before = Files.readString(users);
    Files.writeString(
        users,
        before
            + "\nkurashiki = a-password-of-a-test,ssh,view,municipality-332020"
            + "\nnowhere = a-password-of-a-test,ssh,view\n");
    try {
      // A password in clear opens nothing; the node puts its hash there.
      Linkage.await(Duration.ofSeconds(30), "hashes", () -> !holds(users, "a-password-of-a-test"));
      // Neither is served here: what tells them apart is who may ask.
      assertThat(asked("kurashiki", "municipality:show 332020")).contains("KBN-NODE-031");
      assertThat(asked("kurashiki", "municipality:show 372013")).contains("KBN-SHELL-001");
      assertThat(asked("kurashiki", "partner:list 372013 --json")).contains("KBN-SHELL-001");
      assertThat(asked("nowhere", "municipality:show 332020")).contains("KBN-SHELL-001");
      assertThat(asked("admin", "municipality:show 372013")).contains("KBN-NODE-031");
    } finally {
      Files.writeString(users, before);
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String asked(String user, String command) {
    String password = user.equals("admin") ? password() : "a-password-of-a-test";
    Shell.Result result = ssh(user, password, command);
    return result.out() + result.err();
  }

  @Test
  void whoEntersWhatTheyDoAndWhoMayIsInTheAudit() throws IOException {
    assumeTrue(has("ssh"), "ssh is not here");
    ssh(password(), "municipality:list").expect(0);
    ssh("nobody", "wrong", "municipality:list");
    Path users = node.etc().resolve("users.properties");
    String before = Files.readString(users);
    Files.writeString(users, before + "\ntanaka = a-password-of-a-test,ssh,view\n");
    try {
      Linkage.await(
          Duration.ofSeconds(60),
          "the new user's record",
          () -> audited("role").contains("tanaka: added, roles ssh,view"));
    } finally {
      Files.writeString(users, before);
    }

    assertThat(audited("login"))
        .contains("\"user\" : \"admin\"", "ssh(/127.0.0.1:", "\"user\" : \"nobody\"", "failed");
    assertThat(audited("command"))
        .contains("\"what\" : \"municipality:list\"", "\"user\" : \"admin\"", "ssh(/127.0.0.1:");
    Path export = node.data().resolve("audit.jsonl");
    node.exec("audit:export '" + export + "'").expect(0);
    assertThat(Files.readString(export)).doesNotContain(password(), "a-password-of-a-test");
    String authority = node.data().resolve("node/security/ca.crt").toString();
    assertThat(node.kiban("audit-verify", export.toString(), authority).expect(0).out())
        .contains("CN=");
    Files.writeString(export, Files.readString(export).replace("nobody", "tanaka"));
    node.kiban("audit-verify", export.toString(), authority).expect(1);
  }

  private static String audited(String kind) {
    return node.exec("audit:list --json --limit 500 --kind " + kind).expect(0).out();
  }

  @Test
  void sshCopiesNoFiles() {
    assumeTrue(has("ssh"), "ssh is not here");

    assertThat(ssh(password(), "scp -f etc/users.properties").status()).isNotZero();
  }

  @Test
  void httpsSpeaksTls12And13AndNothingOlder() {
    assumeTrue(has("openssl"), "openssl is not here");

    assertThat(openssl("-tls1_2").out())
        .contains("Verify return code: 0 (ok)", "New, TLSv1.2, Cipher is ECDHE-ECDSA-AES256-GCM");
    assertThat(openssl("-tls1_3").out())
        .contains("Verify return code: 0 (ok)", "New, TLSv1.3, Cipher is TLS_AES_256_GCM");
    for (String old : List.of("-tls1", "-tls1_1")) {
      Shell.Result refused = openssl(old);
      assertThat(refused.out() + refused.err()).contains("alert protocol version");
    }
  }

  @Test
  void httpsTellsLoadBalancersAndGivesNothingAway() {
    assumeTrue(has("curl"), "curl is not here");

    Shell.Result alive = curl("-i", "https", "/healthz").expect(0);
    assertThat(alive.out()).contains("200 OK", "{\"alive\":true}", "X-Content-Type-Options");
    assertThat(alive.out().toLowerCase(java.util.Locale.ROOT)).doesNotContain("server:", "jetty");
    assertThat(curl("-i", "https", "/readyz").expect(0).out()).contains("200 OK", "\"ready\":true");
    assertThat(curl("-iXTRACE", "https", "/healthz").expect(0).out()).contains(" 405 ");
    assertThat(curl("-i", "http", "/healthz").status()).isNotZero();
  }

  @Test
  void aDoorThatLostItsServletsOpensAgain() {
    assumeTrue(has("curl"), "curl is not here");
    String whiteboard = "org.ops4j.pax.web.pax-web-extender-whiteboard";

    node.exec("bundle:stop " + whiteboard).expect(0);

    try {
      assertThat(curl("-i", "https", "/healthz").out()).doesNotContain("200 OK");
      Linkage.await(
          Duration.ofSeconds(90),
          "the door opens",
          () -> curl("-i", "https", "/healthz").out().contains("200 OK"));
    } finally {
      node.exec("bundle:start " + whiteboard).expect(0);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aSecondStartShowsNoPasswordAndKeepsTheCertificate() throws IOException {
    Path authority = node.data().resolve("node/security/ca.crt");
    String before = Files.readString(authority);
    node.stop();

    String again = node.kiban("start").expect(0).out();

    assertThat(again).doesNotContain("password");
    assertThat(Files.readString(authority)).isEqualTo(before);
    if (has("ssh")) {
      ssh(password(), "node:status").expect(0);
    }
  }

  private static String password() {
    Matcher found = PASSWORD.matcher(firstStart);
    assertThat(found.find()).as(firstStart).isTrue();
    return found.group(1);
  }

  private static int port(String file) {
    return node.port(file);
  }

  private static Shell.Result ssh(String password, String command) {
    return ssh("admin", password, command);
  }

  private static Shell.Result ssh(String user, String password, String command) {
    try {
      Path answer = Files.createTempFile("kiban", ".askpass");
      try {
        Files.writeString(answer, "#!/bin/sh\nprintf '%s\\n' \"$KIBAN_TEST_PASSWORD\"\n");
        Files.setPosixFilePermissions(answer, PosixFilePermissions.fromString("rwx------"));
        return Shell.run(
            List.of(
                "setsid",
                "-w",
                "ssh",
                "-F",
                "/dev/null",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "PreferredAuthentications=password",
                "-o",
                "NumberOfPasswordPrompts=1",
                "-p",
                Integer.toString(port("org.apache.karaf.shell.cfg")),
                user + "@127.0.0.1",
                command),
            Map.of(
                "SSH_ASKPASS",
                answer.toString(),
                "SSH_ASKPASS_REQUIRE",
                "force",
                "DISPLAY",
                "none",
                "KIBAN_TEST_PASSWORD",
                password.isEmpty() ? " " : password));
      } finally {
        Files.delete(answer);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  // Level 0, so that it is the node that refuses the old versions and not openssl.
  private static Shell.Result openssl(String version) {
    return Shell.run(
        List.of(
            "openssl",
            "s_client",
            version,
            "-cipher",
            "ALL:@SECLEVEL=0",
            "-connect",
            "127.0.0.1:" + port("org.kiban.http.cfg.json"),
            "-CAfile",
            node.data().resolve("node/security/ca.crt").toString()));
  }

  private static Shell.Result curl(String option, String scheme, String path) {
    return Shell.run(
        List.of(
            "curl",
            "-s",
            option,
            "--noproxy",
            "*",
            "--cacert",
            node.data().resolve("node/security/ca.crt").toString(),
            scheme + "://localhost:" + port("org.kiban.http.cfg.json") + path));
  }

  private static boolean has(String program) {
    return Shell.run(List.of("sh", "-c", "command -v " + program)).status() == 0;
  }
}
