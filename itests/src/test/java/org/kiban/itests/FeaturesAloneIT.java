package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kiban.itests.probe.BundleStates;

/**
 * Every feature of ours installs alone, from {@code system/} only, into a container that has
 * nothing else, and all its bundles start. Otherwise feature files rot without a sound.
 */
class FeaturesAloneIT {

  private static final Pattern FEATURE =
      Pattern.compile("<feature name=\"([^\"]+)\" version=\"([^\"]+)\"");
  private static final int SECONDS = 120;

  private static Distribution distribution;

  @BeforeAll
  static void putTheProbeIn() throws IOException {
    distribution = Distribution.unpack(Distribution.work().resolve("単独"));
    Path etc = distribution.home().resolve("etc");
    Path jar = distribution.home().resolve("system/org/kiban/itests/probe/1/probe-1.jar");
    Files.createDirectories(jar.getParent());
    writeProbe(jar);
    Path startup = etc.resolve("startup.properties");
    Files.writeString(startup, Files.readString(startup) + "mvn\\:org.kiban.itests/probe/1 = 90\n");
  }

  private static void writeProbe(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "org.kiban.itests.probe");
    main.putValue("Bundle-Version", "1");
    main.putValue("Bundle-Activator", BundleStates.class.getName());
    main.putValue("Import-Package", "org.osgi.framework");
    String name = BundleStates.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(file, manifest);
        InputStream code = BundleStates.class.getClassLoader().getResourceAsStream(name)) {
      zip.putNextEntry(new JarEntry(name));
      code.transferTo(zip);
    }
  }

  /** Ours, and those libraries that none of ours brings in: they would be tested by nobody. */
  static Stream<String> features() throws IOException {
    String ours = featureFile("features");
    String libraries = featureFile("platform");
    return Stream.concat(
        FEATURE.matcher(ours).results().map(FeaturesAloneIT::named),
        FEATURE
            .matcher(libraries)
            .results()
            .filter(feature -> !(ours + libraries).contains("<feature>" + feature.group(1) + "<"))
            .map(FeaturesAloneIT::named));
  }

  private static String featureFile(String classifier) throws IOException {
    String version = System.getProperty("kiban.version");
    String file = "features-%s-%s.xml".formatted(version, classifier);
    return Files.readString(
        Distribution.shared()
            .home()
            .resolve("system/org/kiban/features")
            .resolve(version)
            .resolve(file));
  }

  private static String named(MatchResult feature) {
    return feature.group(1) + "/" + feature.group(2);
  }

  @ParameterizedTest
  @MethodSource("features")
  void installsAlone(String feature) throws Exception {
    bootOnly(feature);
    try (NodeProcess node =
        NodeProcess.create(
            distribution.home(), Distribution.work().resolve("単独 " + feature.replace('/', ' ')))) {
      Path report = node.data().resolve("bundles.txt");
      // 'start' gives up early: a container without the node never calls itself ready.
      node.with("KIBAN_START_TIMEOUT", "1").kiban("start");

      List<String> bundles = awaitReport(node, report);

      assertThat(bundles)
          .allMatch(line -> line.startsWith("active ") || line.contains("features.extension"));
      assertThat(bundles).anyMatch(line -> line.contains(" org.kiban."));
    }
  }

  private static void bootOnly(String feature) throws IOException {
    Path file = distribution.home().resolve("etc/org.apache.karaf.features.cfg");
    String text =
        Files.readString(file)
            .replaceAll("featuresBoot = (?:.*\\\\\n)*.*", "featuresBoot = " + feature);
    Files.writeString(file, text);
  }

  private static List<String> awaitReport(NodeProcess node, Path report) throws Exception {
    ProcessHandle process = node.launched();
    for (int waited = 0; !Files.exists(report) && waited < 2 * SECONDS; waited++) {
      String log = node.tail("karaf.log");
      assertThat(log).doesNotContain("Error installing boot features");
      try {
        process.onExit().get(500, TimeUnit.MILLISECONDS);
        throw new AssertionError("the container ended: " + node.tail("karaf.log"));
      } catch (java.util.concurrent.TimeoutException ignored) {
        // still running, as it should
      }
    }
    if (!Files.exists(report)) {
      throw new AssertionError("never finished booting: " + node.tail("karaf.log"));
    }
    return Files.readAllLines(report);
  }
}
