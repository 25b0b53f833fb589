package org.kiban.node.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.NodeState.Fact;

class FileFactsTest {

  @TempDir private Path folder;

  private FileFacts facts;

  @BeforeEach
  void givenADistribution() throws IOException {
    write("home/lib/kiban/program-files", "startup.properties\n");
    write("etc/startup.properties", "a");
    write("etc/org.kiban.node.cfg.json", "{}");
    facts = new FileFacts(new Paths(), new Hashes());
  }

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private Map<String, Fact> found() {
    return facts.facts().collect(Collectors.toMap(Fact::name, Function.identity()));
  }

  @Test
  void filesOfTheProgramAreNotForOperatorsAndTheOthersAre() {
    assertThat(found()).containsOnlyKeys("etc/startup.properties", "etc/org.kiban.node.cfg.json");
    assertThat(found().get("etc/startup.properties").declared()).isFalse();
    assertThat(found().get("etc/org.kiban.node.cfg.json").declared()).isTrue();
  }

  @Test
  void aJarDroppedIntoDeployAndAnAddonsBundleAreFoundAndNobodyDeclaredThem() throws IOException {
    write("home/deploy/x.jar", "jar");
    write("data/node/addon/store/jp.example/1.0.0/b.jar", "jar");

    assertThat(found().get("deploy/x.jar").declared()).isFalse();
    assertThat(found().get("addon/jp.example/1.0.0/b.jar").declared()).isFalse();
  }

  @Test
  void anEditIsSeenAlsoWhenLengthAndTimeStay() throws IOException {
    String before = found().get("etc/startup.properties").value();
    Path file = folder.resolve("etc/startup.properties");
    var time = Files.getLastModifiedTime(file);
    Path beside = folder.resolve("etc/new");
    Files.writeString(beside, "b");
    Files.setLastModifiedTime(beside, time);
    Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(found().get("etc/startup.properties").value()).isNotEqualTo(before);
  }

  @Test
  void aFileThatIsBeingWrittenIsNoFileYet() throws IOException {
    write("etc/.org.kiban.node.cfg.json.0815.tmp", "{");

    assertThat(found()).hasSize(2);
    assertThat(facts.name(folder.resolve("etc/.a.tmp"))).isEmpty();
    assertThat(facts.name(folder.resolve("etc/a"))).contains("etc/a");
    assertThat(facts.name(folder.resolve("data/332020/x"))).isEmpty();
  }

  /** Below the temporary folder. */
  private final class Paths implements NodePaths {
    @Override
    public String nodeName() {
      return "node";
    }

    @Override
    public Path home() {
      return folder.resolve("home");
    }

    @Override
    public Path etc() {
      return folder.resolve("etc");
    }

    @Override
    public Path data() {
      return folder.resolve("data");
    }

    @Override
    public Path nodeDirectory(String capability) {
      return data().resolve("node").resolve(capability);
    }

    @Override
    public Path municipalityDirectory(MunicipalityCode code, String capability) {
      return data().resolve(code.value()).resolve(capability);
    }
  }
}
