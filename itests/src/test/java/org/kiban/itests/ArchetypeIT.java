package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The way of a vendor, with nothing of Kiban but the unpacked distribution: a project from the
 * archetype, built offline, gives a signed add-on that its own test installs, breaks and rolls
 * back; and a second one, a transport for the linkage, carries a file.
 */
class ArchetypeIT {

  private static final Path WORK = Distribution.work().resolve("vendor");
  private static final String ARCHETYPE =
      "org.apache.maven.plugins:maven-archetype-plugin:3.4.0:generate";

  private static Path home;
  private static Path repository;

  @BeforeAll
  static void givenADistributionAndMavensOwnPlugins() throws IOException {
    Distribution.delete(WORK);
    // Paths of its own: Maven's repositories are addresses, in which others have to be escaped.
    home = Distribution.unpack(WORK.resolve("distribution")).home();
    repository = withoutKiban(Path.of(System.getProperty("maven.repository")));
  }

  @AfterAll
  static void removeWhatIsLarge() throws IOException {
    Distribution.delete(WORK.resolve("distribution"));
  }

  /** The local repository by links, without what this build may have put there. */
  private static Path withoutKiban(Path local) throws IOException {
    Path linked = WORK.resolve("repository");
    Files.createDirectories(linked.resolve("org"));
    for (Path folder : List.of(local, local.resolve("org"))) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : entries.toList()) {
          Path link = linked.resolve(local.relativize(entry));
          if (!link.endsWith("org") && !link.endsWith("org/kiban")) {
            Files.createSymbolicLink(link, entry);
          }
        }
      }
    }
    return linked;
  }

  private static Shell.Result maven(Path folder, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder.toString()));
    command.add(System.getProperty("maven.home") + "/bin/mvn");
    command.addAll(List.of("-o", "-q", "-B", "-Daether.offline.protocols=file"));
    command.add("-Dmaven.repo.local=" + repository);
    command.addAll(List.of(arguments));
    return Shell.run(command, Map.of("KIBAN_HOME", home.toString()));
  }

  private static Path generate(String archetype, String id) {
    maven(
            WORK,
            "-gs",
            home.resolve("vendor/settings.xml").toString(),
            ARCHETYPE,
            "-DarchetypeGroupId=org.kiban",
            "-DarchetypeArtifactId=" + archetype,
            "-DarchetypeVersion=" + System.getProperty("kiban.version"),
            "-DarchetypeCatalog=internal",
            "-DgroupId=jp.example",
            "-DartifactId=" + id,
            "-Dvendor=株式会社例",
            "-DkibanHome=" + home)
        .expect(0);
    return WORK.resolve(id);
  }

  @Test
  void aGeneratedAddonIsBuiltTwiceTheSameAndProvesItselfOnANode() throws IOException {
    Path project = generate("kiban-addon", "jp.example.probe");

    maven(project, "verify").expect(0);

    Path kar = project.resolve("target/jp.example.probe-1.0.0.kar");
    byte[] first = Files.readAllBytes(kar);
    assertThat(project.resolve("target/failsafe-reports/jp.example.probe.AddonIT.txt"))
        .content()
        .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    Files.delete(kar);
    maven(project, "-Duser.timezone=Pacific/Kiritimati", "package", "-DskipTests").expect(0);
    assertThat(kar).hasBinaryContent(first);
  }

  @Test
  void anAddonBringsATransportThatCarriesAFile() throws Exception {
    Path project = generate("kiban-addon", "jp.example.spool");
    Distribution.delete(project.resolve("src"));
    overlay(
        Path.of(System.getProperty("kiban.sources"), "itests/src/test/addons/jp.example.spool"),
        project);
    Path pom = project.resolve("pom.xml");
    Files.writeString(
        pom, Files.readString(pom).replace("\n  </dependencies>\n\n  <build>", dependencies()));

    maven(project, "verify").expect(0);

    try (NodeProcess node = NodeProcess.create(home, WORK.resolve("node")).start()) {
      Linkage linkage = new Linkage(node, "332020").enable("031", "010", "023");
      node.exec("addon:trust-add " + project.resolve("keys/development.yaml")).expect(0);
      node.exec("addon:install " + project.resolve("target/jp.example.spool-1.0.0.kar")).expect(0);
      String sample = Files.readString(home.resolve("etc/samples/exchange/332020/031-atena.yaml"));
      linkage.declare(
          "031-atena",
          sample.replaceFirst("(?m)system: \"010\"", "system: \"010\", transport: spool"));
      linkage.drop("031-atena", "ATENA_00000001.csv", atena());

      Path arrived = linkage.out("010", "031-atena").resolve("ATENA_00000001.csv");
      Linkage.await(Duration.ofSeconds(30), "the file arrives", () -> Files.exists(arrived));
      assertThat(linkage.out("010", "031-atena").resolve(".spool/1.mark")).exists();
      assertThat(node.exec("addon:remove jp.example.spool").expect(0).out()).isNotBlank();
    }
  }

  @Test
  void aGeneratedRouteIsTriedOnStubsAndRefusedAsANodeWould() throws IOException {
    Path project = generate("kiban-route", "tax-lines");

    maven(project, "verify").expect(0);

    assertThat(project.resolve("target/surefire-reports/routes.HelloRouteTest.txt"))
        .content()
        .contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
    Path route = project.resolve("routes/hello.camel.yaml");
    Files.writeString(
        route, Files.readString(route).replace("jms:queue:332020", "jms:queue:372013"));
    assertThat(maven(project, "verify").expect(1).out())
        .contains("hello.camel.yaml", "372013.hello");
  }

  private static String dependencies() {
    String ours =
        "<dependency><groupId>org.kiban</groupId><artifactId>org.kiban.exchange.api</artifactId>";
    return """

            %s<version>${kiban.version}</version><scope>provided</scope></dependency>
            %s<version>${kiban.version}</version><type>test-jar</type><scope>test</scope></dependency>
            <dependency><groupId>org.assertj</groupId><artifactId>assertj-core</artifactId><version>%s</version><scope>test</scope></dependency>
          </dependencies>

          <build>"""
        .formatted(ours, ours, System.getProperty("assertj.version"));
  }

  private static void overlay(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.deleteIfExists(target);
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static byte[] atena() {
    return """
        宛名番号,氏名,氏名カナ,生年月日,性別,市区町村コード,住所,異動区分,異動日
        000000000000019,倉敷　太郎,クラシキ　タロウ,1985-04-01,1,332020,本町１丁目,1,
        """
        .getBytes(java.nio.charset.Charset.forName("MS932"));
  }
}
