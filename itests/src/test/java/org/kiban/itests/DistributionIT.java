package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lies in the archive, read without starting anything. */
class DistributionIT {

  private static final String TOP = "kiban-" + System.getProperty("kiban.version") + "/";
  private static final Path SYSTEMD = Path.of("/usr/bin/systemd-analyze");
  private static final Pattern MVN = Pattern.compile("mvn:([^/<\\s]+)/([^/<\\s]+)/([^/<\\s]+)");

  private static final Map<String, TarArchiveEntry> ENTRIES = new TreeMap<>();
  private static final Map<String, byte[]> FILES = new HashMap<>();

  @BeforeAll
  static void readArchive() throws IOException {
    try (InputStream file = Files.newInputStream(Distribution.archive());
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        assertThat(entry.getName()).startsWith(TOP);
        String name = entry.getName().substring(TOP.length());
        ENTRIES.put(name, entry);
        FILES.put(name, tar.readAllBytes());
      }
    }
  }

  private static String text(String name) {
    assertThat(FILES).containsKey(name);
    return new String(FILES.get(name), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void systemdAcceptsTheUnit() throws IOException {
    assumeTrue(Files.isExecutable(SYSTEMD), SYSTEMD + " is not installed (package systemd)");
    Path unit = Distribution.work().resolve("kiban.service");
    Path home = Files.createTempDirectory("kiban");
    Files.createDirectory(home.resolve("bin"));
    Files.copy(Distribution.shared().home().resolve("bin/kiban"), home.resolve("bin/kiban"));
    assertThat(home.resolve("bin/kiban").toFile().setExecutable(true)).isTrue();
    Files.writeString(
        unit, text("share/systemd/kiban.service").replace("/opt/kiban", home.toString()));

    Shell.Result result = Shell.run(List.of(SYSTEMD.toString(), "verify", unit.toString()));

    Distribution.delete(home);
    assertThat(result.expect(0).err()).doesNotContain("kiban.service");
  }

  @Test
  void billOfMaterialsNamesEveryJarAlsoThoseWithinJars() throws IOException {
    Set<String> shipped = new TreeSet<>();
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      if (file.getKey().endsWith(".jar")) {
        collectJars(file.getKey(), file.getValue(), shipped);
      }
    }
    JsonNode bill = new ObjectMapper().readTree(FILES.get("sbom.cdx.json"));
    Set<String> named = new TreeSet<>();
    bill.get("components").forEach(component -> named.add(component.get("bom-ref").asText()));

    assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(shipped).hasSizeGreaterThan(50);
    assertThat(named).isEqualTo(shipped);
    bill.get("components")
        .forEach(
            component -> {
              assertThat(component.get("version").asText()).isNotBlank();
              assertThat(component.at("/hashes/0/content").asText()).hasSize(64);
            });
  }

  private static void collectJars(String place, byte[] content, Set<String> found)
      throws IOException {
    found.add(place);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".jar")) {
          collectJars(place + "!/" + entry.getName(), zip.readAllBytes(), found);
        }
      }
    }
  }

  @Test
  void everyBootFeatureIsDefinedInAFeatureFileThatIsShipped() {
    String configuration = text("etc/org.apache.karaf.features.cfg").replaceAll("(?m)^#.*\n", "");
    String boot = property(configuration, "featuresBoot");
    String repositories = property(configuration, "featuresRepositories");
    String features =
        repositories
            .lines()
            .flatMap(line -> List.of(line.split(",")).stream())
            .map(String::strip)
            .map(DistributionIT::systemPath)
            .map(DistributionIT::text)
            .collect(Collectors.joining("\n"));

    List<String> names = List.of(boot.split(",\\s*"));
    assertThat(names).hasSizeGreaterThan(10).allMatch(name -> name.matches("[\\w.-]+/[\\w.]+"));
    assertThat(names)
        .allSatisfy(name -> assertThat(features).contains("name=\"" + name.split("/")[0] + "\""));
  }

  private static String property(String configuration, String key) {
    Matcher value =
        Pattern.compile("(?m)^" + key + "[ \\t]*=[ \\t]*((?:.*\\\\\n)*.*)").matcher(configuration);
    assertThat(value.find()).as(key).isTrue();
    return value.group(1).replace("\\\n", "").replaceAll("\\s+", " ").strip();
  }

  private static String systemPath(String url) {
    String[] parts = url.replace("mvn:", "").split("/");
    return "system/%s/%s/%s/%s-%s-%s.%s"
        .formatted(
            parts[0].replace('.', '/'), parts[1], parts[2], parts[1], parts[2], parts[4], parts[3]);
  }

  @Test
  void everyBundleThatOurFeaturesNameIsShipped() {
    String version = System.getProperty("kiban.version");
    List<String> missing = new ArrayList<>();
    for (String classifier : List.of("features", "platform")) {
      String file =
          text(
              "system/org/kiban/features/%s/features-%s-%s.xml"
                  .formatted(version, version, classifier));
      Matcher bundle = MVN.matcher(file.replaceAll("(?s)<!--.*?-->", ""));
      while (bundle.find()) {
        String folder =
            "system/%s/%s/%s/"
                .formatted(bundle.group(1).replace('.', '/'), bundle.group(2), bundle.group(3));
        if (ENTRIES.keySet().stream().noneMatch(name -> name.startsWith(folder))) {
          missing.add(bundle.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void modesAndOwnersDoNotComeFromTheBuildMachine() {
    ENTRIES.forEach(
        (name, entry) -> {
          int expected = entry.isDirectory() || name.equals("bin/kiban") ? 0755 : 0644;
          assertThat(entry.getMode() & 0777).as(name).isEqualTo(expected);
          assertThat(entry.getLongUserId()).as(name).isZero();
          assertThat(entry.getUserName()).as(name).isEqualTo("root");
          assertThat(entry.isSymbolicLink()).as(name).isFalse();
        });
  }

  @Test
  void nothingThatAnOperatorMustNotFindIsShipped() {
    assertThat(ENTRIES.keySet())
        .noneMatch(name -> name.endsWith(".bat"))
        .noneMatch(name -> name.startsWith("deploy"))
        .noneMatch(name -> name.startsWith("data/"))
        .noneMatch(name -> name.contains("SNAPSHOT"))
        .noneMatch(name -> name.contains("examples"))
        .filteredOn(name -> name.startsWith("bin/") && !name.equals("bin/"))
        .containsExactly("bin/kiban");
    assertThat(text("etc/users.properties").replaceAll("(?m)^#.*$", "")).doesNotContain("karaf");
    assertThat(text("etc/keys.properties").replaceAll("(?m)^#.*$", "")).doesNotContain("karaf =");
  }

  @Test
  void noNetworkRepositoryIsConfigured() {
    String mvn = text("etc/org.ops4j.pax.url.mvn.cfg").replaceAll("(?m)^#.*$", "");
    assertThat(mvn).doesNotContain("http:").doesNotContain("https:");
    assertThat(property(mvn, "org.ops4j.pax.url.mvn.repositories")).isEmpty();
  }
}
