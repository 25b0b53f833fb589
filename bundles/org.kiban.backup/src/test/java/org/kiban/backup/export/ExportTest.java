package org.kiban.backup.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.backup.Fixture;
import org.kiban.backup.job.Values;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Progress;
import org.kiban.backup.tree.Trees;
import org.kiban.storage.DurableFilesComponent;

/** What a municipality needs after a disaster comes out of a backup alone, fit for spreadsheets. */
class ExportTest {

  private static final String FILE = "org.kiban.backup~332020.cfg.json";
  private static final String MARK = "\uFEFF";

  @TempDir Path folder;
  private final Map<String, Object> values = new HashMap<>();
  private Path source;
  private Path place;
  private Path target;

  @BeforeEach
  void givenADeclaredDataSet() throws IOException {
    source = Files.createDirectories(folder.resolve("業務"));
    place = folder.resolve("repository");
    target = folder.resolve("out");
    Fixture.create(place).close();
    values.put("purposes", new String[] {"ansihi"});
    values.put("ansihi.sets", new String[] {"jumin"});
    values.put("set.jumin.title", "住民一覧");
    values.put("set.jumin.files", source + "/住民*.csv");
  }

  @Test
  void givenFilesOfSeveralDaysThenTheNewestComesOutAsItIsAndTheLiveOnesAreNotNeeded()
      throws IOException {
    give("住民1.csv", 1, "番号,氏名\r\n1,古い\r\n");
    give("住民2.csv", 2, "番号,氏名\r\n0012,\"倉敷\"\" 太郎, 様\"\r\n");
    give("other.csv", 3, "x\r\n");
    Export.Written written = export().get(0);
    assertThat(target.resolve("jumin.csv"))
        .hasContent(MARK + "\"番号\",\"氏名\"\r\n\"0012\",\"倉敷\"\" 太郎, 様\"\r\n");
    assertThat(written.problem()).isEmpty();
    assertThat(written.rows()).isEqualTo(1);
    byte[] all = Files.readAllBytes(target.resolve("jumin.csv"));
    assertThat(written.sha256()).isEqualTo(Repository.hash(all, 0, all.length).toString());
    assertThat(Files.getPosixFilePermissions(target.resolve("jumin.csv")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(target.resolve("説明.txt")))
        .startsWith(MARK)
        .contains("332020", "ansihi", "住民一覧", "住民2.csv", written.sha256(), "2. 氏名")
        .doesNotContain("住民1.csv", "倉敷");
  }

  @Test
  void givenAllFilesThenTheirRowsFollowEachOtherUnderOneHeading() throws IOException {
    values.put("set.jumin.take", "all");
    give("住民b.csv", 1, "番号,氏名\n1,一\n");
    give("住民a.csv", 2, "番号,氏名\n2,二\n\n");
    assertThat(export().get(0).rows()).isEqualTo(2);
    assertThat(rows()).containsExactly("\"番号\",\"氏名\"", "\"1\",\"一\"", "\"2\",\"二\"");
  }

  @Test
  void givenFilesOfDifferentShapeThenThatIsToldAndNoHalfTableIsWritten() throws IOException {
    values.put("set.jumin.take", "all");
    values.put("ansihi.sets", new String[] {"jumin", "hinan"});
    values.put("set.hinan.files", new String[] {source + "/**/hinan.tsv"});
    values.put("set.hinan.charset", "windows-31j");
    values.put("set.hinan.delimiter", "tab");
    values.put("set.hinan.columns", new String[] {"場所: 避難所の名前", "人数"});
    give("住民1.csv", 1, "番号,氏名\r\n1,一\r\n");
    give("住民2.csv", 2, "番号,住所\r\n1,一\r\n");
    Files.createDirectories(source.resolve("a/b"));
    Files.write(source.resolve("a/b/hinan.tsv"), "髙橋小学校\t120\r\n".getBytes("windows-31j"));
    List<Export.Written> written = export();
    assertThat(written.get(0).problem()).contains("住民2.csv", "columns");
    assertThat(target.resolve("jumin.csv")).doesNotExist();
    assertThat(target.resolve("hinan.csv"))
        .as("the other is there")
        .hasContent(MARK + "\"場所\",\"人数\"\r\n\"髙橋小学校\",\"120\"\r\n");
    assertThat(Files.readString(target.resolve("説明.txt"))).contains("1. 場所: 避難所の名前", "注意");
  }

  @ParameterizedTest
  @CsvSource({
    "=1+1, '''=1+1'",
    "@SUM(A1), '''@SUM(A1)'",
    "＝1, '''＝1'",
    "+81-86, '''+81-86'",
    "-x, '''-x'",
    "-12.5, -12.5",
    "+3, +3",
    "ー, ー",
    "a=b, a=b"
  })
  void givenWhatASpreadsheetWouldRunThenItIsMadeText(String cell, String shown) throws IOException {
    give("住民.csv", 1, "x\r\n\"" + cell + "\"\r\n");
    export();
    assertThat(rows().get(1)).isEqualTo('"' + shown + '"');
  }

  @Test
  void givenFlawsThenWhatCanBeReadIsWrittenAndTheyAreCounted() throws IOException {
    Files.write(
        source.resolve("住民.csv"),
        "番号,氏名\r\n1,漢\r\n2\r\n3,x,y\r\n".getBytes(Charset.forName("windows-31j")));
    Export.Written written = export().get(0);
    assertThat(written.problem()).contains("1 rows with characters", "2 rows without exactly 2");
    assertThat(rows()).hasSize(4).contains("\"2\",\"\"", "\"3\",\"x\",\"y\"");
  }

  @Test
  void givenAQuoteThatIsNeverClosedThenItsLineIsToldAndNothingIsWritten() throws IOException {
    give("住民.csv", 1, "番号\r\n1\r\n\"2\r\n3\r\n");
    assertThat(export().get(0).problem()).contains("住民.csv: line 3");
    assertThat(target.resolve("jumin.csv")).doesNotExist();
  }

  @Test
  void givenNoFileThenThatIsTold() throws IOException {
    give("other.csv", 1, "x\r\n");
    assertThat(export().get(0).problem()).contains("no file matches");
  }

  @Test
  void givenACopyMadeWhileTheNodeRanThenItIsKnownByWhatItStandsFor() throws IOException {
    values.put("set.jumin.files", "/srv/kiban/332020/exchange/out/900/**.csv");
    Path view = source.resolve("332020/backup/view/srv/kiban/332020/exchange/out/900/031");
    Files.createDirectories(view);
    Files.writeString(view.resolve("a.csv"), "x\r\n1\r\n");
    assertThat(export().get(0).sources())
        .singleElement()
        .asString()
        .startsWith("/srv/kiban/332020/exchange/out/900/031/a.csv");
  }

  @ParameterizedTest
  @CsvSource({
    "ansihi.sets, Jumin, Jumin",
    "set.jumin.files, relative.csv, relative.csv",
    "set.jumin.take, some, some",
    "set.jumin.charset, klingon, klingon",
    "set.jumin.delimiter, ;;, ;;",
    "set.jumin.columns, ': x', ''''''"
  })
  void givenAWrongDeclarationThenFileKeyAndValueAreTold(String key, String value, String told) {
    values.put(key, value);
    assertThatThrownBy(() -> purposes().check())
        .hasMessageContaining("KBN-BACKUP-015")
        .hasMessageContaining(FILE)
        .hasMessageContaining(key)
        .hasMessageContaining(told);
  }

  @Test
  void givenAPurposeThatIsNotDeclaredThenThoseThatAreAreTold() {
    assertThatThrownBy(() -> purposes().sets("other"))
        .hasMessageContaining("KBN-BACKUP-083")
        .hasMessageContaining("ansihi");
  }

  private void give(String name, int day, String text) throws IOException {
    Path file = Files.writeString(source.resolve(name), text);
    Instant time = Instant.parse("2026-11-0" + day + "T00:00:00Z");
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private Purposes purposes() {
    return new Purposes("332020", new Values(FILE, values));
  }

  /** From the backup alone: what was saved is gone by then. */
  private List<Export.Written> export() throws IOException {
    Fixture.save(place, source);
    Trees.remove(source);
    try (Repository repository = Fixture.open(place)) {
      repository.loadIndex();
      return new Export(
              repository,
              repository.snapshot("latest"),
              new DurableFilesComponent(),
              new Progress())
          .run(purposes(), "ansihi", target);
    }
  }

  private List<String> rows() throws IOException {
    return List.of(Files.readString(target.resolve("jumin.csv")).substring(1).split("\r\n"));
  }
}
