package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rules of design section 1 on the manifests as built: the container enforces what stands there and
 * nothing else.
 */
class ManifestIT {

  private static final int LEAF_POM_LINES = 25;
  private static final Path SOURCES = Path.of(System.getProperty("kiban.sources"), "bundles");
  private static final Pattern API =
      Pattern.compile("org\\.kiban\\.(core|shell|platform\\..+|.+\\.api)");

  private static final Map<String, Attributes> MANIFESTS = new TreeMap<>();

  @BeforeAll
  static void readManifests() throws IOException {
    try (Stream<Path> files = Files.walk(Distribution.shared().home())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("org.kiban.") && !name.endsWith("-tests.jar")) {
          try (JarFile jar = new JarFile(file.toFile())) {
            String folder = file.getFileName().toString().replaceAll("(-\\d.*)?\\.jar$", "");
            MANIFESTS.put(folder, jar.getManifest().getMainAttributes());
          }
        }
      }
    }
    assertThat(MANIFESTS).hasSizeGreaterThan(3);
  }

  @Test
  void everyBundleOfTheRepositoryIsShipped() throws IOException {
    try (Stream<Path> folders = Files.list(SOURCES)) {
      assertThat(MANIFESTS.keySet())
          .as("a bundle that is in no feature is dead")
          .containsAll(
              folders
                  .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                  .map(folder -> folder.getFileName().toString())
                  .toList());
    }
  }

  @Test
  void symbolicNameIsTheFolder() {
    MANIFESTS.forEach(
        (folder, manifest) ->
            assertThat(manifest.getValue("Bundle-SymbolicName").split(";")[0]).isEqualTo(folder));
  }

  @Test
  void implementationsExportNothing() {
    MANIFESTS.forEach(
        (folder, manifest) -> {
          if (!API.matcher(folder).matches()) {
            assertThat(manifest.getValue("Export-Package"))
                .as(folder + ": others meet it through services of org.kiban.core or <cap>.api")
                .isNull();
          }
        });
  }

  @Test
  void nobodyImportsAnImplementation() {
    Set<String> exported = new HashSet<>();
    MANIFESTS.forEach(
        (folder, manifest) -> exported.addAll(packages(manifest.getValue("Export-Package"))));
    MANIFESTS.forEach(
        (folder, manifest) -> {
          if (!folder.startsWith("org.kiban.platform.")) {
            assertThat(packages(manifest.getValue("Import-Package")))
                .as(folder)
                .filteredOn(name -> name.startsWith("org.kiban."))
                .allMatch(exported::contains);
          }
        });
  }

  @Test
  void bundlesExportOnlyPackagesUnderTheirOwnName() {
    MANIFESTS.forEach(
        (folder, manifest) -> {
          if (!folder.startsWith("org.kiban.platform.")) {
            assertThat(packages(manifest.getValue("Export-Package")))
                .as(folder)
                .allMatch(name -> name.equals(folder) || name.startsWith(folder + "."));
          }
        });
  }

  @Test
  void noActivatorsAndNoBlueprint() {
    MANIFESTS.forEach(
        (folder, manifest) -> {
          if (!folder.startsWith("org.kiban.platform.")) {
            assertThat(manifest.getValue("Bundle-Activator")).as(folder).isNull();
            assertThat(manifest.getValue("Bundle-Blueprint")).as(folder).isNull();
          }
        });
  }

  /** An add-on that exports a package would lend its classes to whoever imports all there are. */
  @Test
  void nobodyImportsWhatIsNotNamed() {
    MANIFESTS.forEach(
        (folder, manifest) ->
            assertThat(manifest.getValue("DynamicImport-Package")).as(folder).isNull());
  }

  @Test
  void leafPomsStaySmall() throws IOException {
    try (Stream<Path> folders = Files.list(SOURCES)) {
      for (Path pom :
          folders
              .filter(folder -> !folder.getFileName().toString().contains(".platform."))
              .map(folder -> folder.resolve("pom.xml"))
              .filter(Files::exists)
              .toList()) {
        assertThat(Files.readAllLines(pom))
            .as(pom.toString())
            .hasSizeLessThanOrEqualTo(LEAF_POM_LINES);
      }
    }
  }

  /** Package names of a header; commas within quotes and version ranges do not separate. */
  private static List<String> packages(String header) {
    List<String> names = new ArrayList<>();
    if (header != null) {
      for (String clause : header.replaceAll("\"[^\"]*\"", "").split(",")) {
        for (String part : clause.split(";")) {
          if (!part.contains("=")) {
            names.add(part.strip());
          }
        }
      }
    }
    return names;
  }
}
