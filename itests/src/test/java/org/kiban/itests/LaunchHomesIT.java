package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which version {@code bin/kiban} runs, with a program in the place of Java that does what a node
 * may do: ask for another version, keep it, fail, hang, end. Operators' configuration lies in the
 * program's own etc/ here, where all versions have to share it.
 */
class LaunchHomesIT {

  private static final String BASE = "a".repeat(16);
  private static final String NEXT = "b".repeat(16);

  private static final String ASK =
      "printf 'to=0.2.0\\nfrom=base\\nbase=" + BASE + "\\nlimit=%d\\nback=\\n' >$u/trial; exit 10";
  private static final String KEEP = "mv $u/trial $u/current";
  private static final String RETURN =
      "printf 'to=base\\nfrom=0.2.0\\nbase="
          + BASE
          + "\\nlimit=60\\nback=true\\n' >$u/trial; exit 10";

  @TempDir private Path folder;
  private Path data;
  private Path base;
  private Path next;
  private Map<String, String> etc;
  private String language = "en";

  @BeforeEach
  void givenTwoVersions() throws IOException {
    data = folder.resolve("デー タ");
    base = folder.resolve("基盤 0.1.0");
    next = data.resolve("node/update/homes/0.2.0");
    home(base, "0.1.0", BASE, Map.of("startup.properties", "one", "own.json", "{}"));
    home(
        next,
        "0.2.0",
        NEXT,
        Map.of("startup.properties", "two", "own.json", "{\"new\": 1}", "added.json", "{}"));
    Files.writeString(base.resolve("etc/users.properties"), "admin = x\n");
    etc = NextDistribution.digests(base.resolve("etc"));
    Path java = write(folder.resolve("jdk/bin/java"), FAKE);
    java.toFile().setExecutable(true);
  }

  private static final String FAKE =
      """
      #!/bin/sh
      for option; do
        case $option in
          -version) echo 'openjdk version "17.0.1" 2026-01-01' >&2; exit 0 ;;
          -Dkiban.home=*) basename "${option#*=}" >>"$KIBAN_DATA/homes" ;;
          -Dkaraf.data=*) basename "${option#*=}" >>"$KIBAN_DATA/caches" ;;
        esac
      done
      u=$KIBAN_DATA/node/update
      mkdir -p "$KIBAN_DATA/seen" && cp -r "$KIBAN_ETC" "$KIBAN_DATA/seen/$(wc -l <"$KIBAN_DATA/homes")"
      . "$KIBAN_DATA/act"
      """;

  private static void home(Path home, String version, String build, Map<String, String> etc)
      throws IOException {
    Path launcher = home.resolve("bin/kiban");
    Files.createDirectories(launcher.getParent());
    Files.copy(Distribution.shared().home().resolve("bin/kiban"), launcher);
    launcher.toFile().setExecutable(true);
    write(home.resolve("lib/kiban/version"), "kiban " + version + "\n");
    write(home.resolve("lib/kiban/build"), build + build + "\n");
    write(home.resolve("lib/kiban/format"), "1\n");
    write(home.resolve("lib/kiban/program-files"), "startup.properties\nusers.properties\n");
    write(home.resolve("etc/users.properties"), "");
    write(home.resolve("etc/keys.properties"), "");
    for (Map.Entry<String, String> file : etc.entrySet()) {
      write(home.resolve("etc").resolve(file.getKey()), file.getValue());
    }
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Runs the launcher; what the node does at each of its starts. */
  private Shell.Result run(String... acts) throws IOException {
    StringBuilder act = new StringBuilder("u=\"$u\"; case $(wc -l <\"$KIBAN_DATA/homes\") in\n");
    for (int i = 0; i < acts.length; i++) {
      act.append(i + 1).append(") ").append(acts[i].replace("$u/", "\"$u\"/")).append(" ;;\n");
    }
    write(data.resolve("act"), act + "*) exit 0 ;;\nesac\n");
    return kiban("run");
  }

  private Shell.Result kiban(String command) {
    return Shell.run(
        List.of(base.resolve("bin/kiban").toString(), command),
        Map.of(
            "KIBAN_DATA",
            data.toString(),
            "KIBAN_ETC",
            "",
            "KIBAN_LANG",
            language,
            "JAVA_HOME",
            folder.resolve("jdk").toString()));
  }

  private List<String> homes() throws IOException {
    return Files.readAllLines(data.resolve("homes"));
  }

  private String failed() throws IOException {
    return Files.readString(data.resolve("node/update/failed")).strip();
  }

  private String seen(int start, String file) throws IOException {
    return Files.readString(data.resolve("seen").resolve(String.valueOf(start)).resolve(file));
  }

  private void thenEtcIsAsBefore() throws IOException {
    assertThat(NextDistribution.digests(base.resolve("etc"))).isEqualTo(etc);
    assertThat(data.resolve("node/update/trial")).doesNotExist();
  }

  @Test
  void oneThatEndsGivesWayAndTakesItsFilesWithIt() throws IOException {
    run(ASK.formatted(60), "exit 3").expect(0);

    assertThat(homes()).containsExactly("基盤 0.1.0", "0.2.0", "基盤 0.1.0");
    assertThat(failed()).contains("status 3");
    assertThat(seen(2, "startup.properties")).isEqualTo("two");
    assertThat(seen(2, "added.json")).isEqualTo("{}");
    assertThat(seen(2, "own.json")).isEqualTo("{}");
    assertThat(seen(2, "users.properties")).isEqualTo("admin = x\n");
    thenEtcIsAsBefore();
  }

  @Test
  void oneThatWasKeptRunsAtTheNextStartToo() throws IOException {
    run(ASK.formatted(60), KEEP + "; exit 0").expect(0);
    kiban("run").expect(0);

    assertThat(homes()).containsExactly("基盤 0.1.0", "0.2.0", "0.2.0");
    assertThat(kiban("--version").expect(0).out()).isEqualTo("kiban 0.2.0\n");
    assertThat(base.resolve("etc/startup.properties")).hasContent("two");
    assertThat(base.resolve("etc/own.json")).hasContent("{}");
    assertThat(base.resolve("etc/added.json")).exists();
  }

  @Test
  void theWayBackFromOneThatWasKeptBringsEverythingBack() throws IOException {
    run(ASK.formatted(60), KEEP + "; " + RETURN, KEEP + "; exit 0").expect(0);
    kiban("run").expect(0);

    assertThat(homes()).containsExactly("基盤 0.1.0", "0.2.0", "基盤 0.1.0", "基盤 0.1.0");
    thenEtcIsAsBefore();
  }

  @Test
  void aWayBackThatFailsLeavesTheVersionThatWasKept() throws IOException {
    run(ASK.formatted(60), KEEP + "; " + RETURN, "exit 4").expect(0);

    assertThat(homes()).containsExactly("基盤 0.1.0", "0.2.0", "基盤 0.1.0", "0.2.0");
    assertThat(base.resolve("etc/startup.properties")).hasContent("two");
    assertThat(base.resolve("etc/added.json")).exists();
  }

  @Test
  void whatOperatorsChangedInAnAddedFileStays() throws IOException {
    run(ASK.formatted(60), "echo mine >\"$KIBAN_ETC/added.json\"; exit 3").expect(0);

    assertThat(base.resolve("etc/added.json")).hasContent("mine");
  }

  @Test
  void oneThatHangsIsEndedAndSoIsOneThatFailedAndDoesNotEnd() throws IOException {
    run(
            ASK.formatted(2),
            "exec sleep 100",
            "mv $u/failed $u/first; " + ASK.formatted(60),
            "echo KBN-X >$u/failed; exec sleep 100")
        .expect(0);

    assertThat(homes()).containsExactly("基盤 0.1.0", "0.2.0", "基盤 0.1.0", "0.2.0", "基盤 0.1.0");
    assertThat(data.resolve("node/update/first")).content().contains("not well within 2 s");
    assertThat(failed()).isEqualTo("KBN-X");
    thenEtcIsAsBefore();
  }

  @Test
  void aTrialThatIsFoundAtAStartIsOver() throws IOException {
    run(ASK.formatted(60).replace("exit 10", "exit 7")).expect(7);
    kiban("run").expect(0);

    assertThat(homes()).containsExactly("基盤 0.1.0", "基盤 0.1.0");
    assertThat(failed()).contains("went down");
    thenEtcIsAsBefore();
  }

  @Test
  void aStatusOfTenWithoutATrialStartsTheSameAgain() throws IOException {
    run("exit 10", "exit 5").expect(5);

    assertThat(homes()).containsExactly("基盤 0.1.0", "基盤 0.1.0");
  }

  @Test
  void anotherProgramThatAnOperatorPutInThePlaceRuns() throws IOException {
    run(ASK.formatted(60), KEEP + "; exit 0").expect(0);
    write(base.resolve("lib/kiban/build"), "c".repeat(64));

    kiban("run").expect(0);

    assertThat(homes()).last().isEqualTo("基盤 0.1.0");
  }

  @Test
  void dataOfANewerFormatAndAVersionThatIsGoneAreRefused() throws IOException {
    run(ASK.formatted(60), KEEP + "; exit 0").expect(0);
    write(data.resolve("node/format"), "2\n");
    assertThat(kiban("run").expect(3).err()).contains("KBN-LAUNCH-021");

    Distribution.delete(next);
    assertThat(kiban("run").expect(3).err()).contains("KBN-LAUNCH-020");
  }

  @Test
  void aRestoredNodeWithoutItsVersionsRunsTheOneThatIsUnpackedThere() throws IOException {
    run(ASK.formatted(60), KEEP + "; exit 0").expect(0);
    Distribution.delete(data.resolve("node/update/homes"));
    Files.delete(data.resolve("node/update/current"));

    kiban("run").expect(0);

    assertThat(homes()).last().isEqualTo("基盤 0.1.0");
    assertThat(base.resolve("etc/startup.properties")).hasContent("one");
  }

  @Test
  void whyAVersionWasNotKeptIsSaidInTheOperatorsLanguage() throws IOException {
    language = "ja";
    run(ASK.formatted(60), "exit 3").expect(0);
    assertThat(failed()).isEqualTo("新しい版が終了コード 3 で終わりました");

    Files.delete(data.resolve("homes"));
    Files.delete(data.resolve("node/update/failed"));
    run(ASK.formatted(60).replace("exit 10", "exit 7")).expect(7);
    kiban("run").expect(0);
    assertThat(failed()).isEqualTo("試行中にノードが止まりました");
  }

  @Test
  void theContainersCacheIsThatOfTheBuild() throws IOException {
    Files.createDirectories(data.resolve("cache/bundle7"));
    run("exit 0").expect(0);
    write(base.resolve("lib/kiban/build"), "c".repeat(64));

    kiban("run").expect(0);

    assertThat(Files.readAllLines(data.resolve("caches"))).containsExactly(BASE, "c".repeat(16));
    assertThat(data.resolve("cache/bundle7")).doesNotExist();
    assertThat(data.resolve("cache").resolve(BASE)).doesNotExist();
  }
}
