package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with backups, on a real node, beside a municipality that has none. */
@ExtendWith(SharedNode.class)
class BackupIT {

  private static final String CODE = "131130";
  private static final String OTHER = "131041";

  @TempDir private Path folder;

  @Test
  void savesVerifiesAndRestoresAndKeepsToItsOwn(NodeProcess node) throws IOException {
    Path source = Files.createDirectories(folder.resolve("業務"));
    Files.writeString(source.resolve("住民 一覧.csv"), "番号,氏名\r\n1,渋谷太郎\r\n");
    Files.write(source.resolve("large"), new byte[3_000_000]);
    Path repository = folder.resolve("repository");
    Path osaka = folder.resolve("osaka");
    BackedUp.give(
        node,
        CODE,
        """
        { "location": "%s", "sources": ["%s"], "copies": ["%s"],
          "purposes": ["ansihi"], "ansihi.sets": ["jumin"], "set.jumin.files": "%s/住民*.csv" }
        """
            .formatted(repository, source, osaka, source));
    BackedUp.give(node, OTHER, "{\"location\": \"%s\"}".formatted(repository));

    node.exec("backup:create " + CODE).expect(0);
    node.exec("backup:create " + CODE).expect(3);
    assertThat(node.exec("backup:list " + OTHER).expect(1).err())
        .as("another municipality's")
        .contains("KBN-BACKUP-003");
    assertThat(node.exec("backup:run " + CODE + " --json").expect(0).out())
        .contains("\"files\" : 2");
    Files.writeString(source.resolve("new"), "x");
    node.exec("backup:run " + CODE + " --tag 月次").expect(0);
    assertThat(node.exec("backup:list " + CODE).expect(0).out()).contains("月次");
    assertThat(node.exec("backup:compare " + CODE + " latest latest").expect(0).out()).isBlank();
    thenTablesForADisasterComeOut(node, osaka);
    thenPlacesAnswerAndPasswordsChange(node);

    Path target = folder.resolve("restored");
    node.exec("backup:restore " + CODE + " latest " + target).expect(0);
    node.exec("backup:restore " + CODE + " latest " + target).expect(3);
    Path restored = target.resolve(Path.of("/").relativize(source));
    for (String name : List.of("住民 一覧.csv", "large", "new")) {
      assertThat(restored.resolve(name)).hasSameBinaryContentAs(source.resolve(name));
    }

    node.exec("backup:forget " + CODE + " --keep-last 1").expect(0);
    node.exec("backup:prune " + CODE).expect(0);
    node.exec("backup:verify " + CODE + " --read-data").expect(0);
    assertThat(node.exec("backup:status " + CODE).expect(0).out()).contains("repository", "osaka");
    assertThat(node.exec("backup:status").expect(0).out())
        .as("all, whatever is wrong with one")
        .contains(CODE, "osaka", OTHER, "KBN-BACKUP-003");
    node.exec("backup:restore " + CODE + " latest " + folder.resolve("again") + " --dry-run")
        .expect(0);
    node.exec("backup:run " + CODE + " none").expect(2);
    assertThat(node.exec("backup:restore " + CODE + " latest here").expect(2).err())
        .contains("KBN-BACKUP-089", "here");
    node.exec("backup:run " + OTHER).expect(1);
    for (Path closed : List.of(node.etc(), node.data().resolve("332020"), node.home())) {
      node.exec("backup:restore " + CODE + " latest '" + closed + "/x'").expect(3);
    }
    for (String code : List.of(CODE, OTHER)) {
      BackedUp.withdraw(node, code);
    }
  }

  private void thenTablesForADisasterComeOut(NodeProcess node, Path osaka) {
    String export = "backup:export " + CODE + " --purpose ";
    assertThat(node.exec(export + "ansihi").expect(3).err()).contains("KBN-BACKUP-084");
    assertThat(node.exec(export + "none").expect(2).err()).contains("KBN-BACKUP-083", "ansihi");
    node.exec("backup:verify " + CODE + " --read-data").expect(0);
    node.exec("backup:verify " + CODE + " --place " + osaka).expect(0);
    node.exec("backup:verify " + CODE + " --place /nowhere").expect(2);
    Path tables = folder.resolve("tables");
    node.exec(export + "ansihi --target " + tables).expect(0);
    assertThat(tables.resolve("jumin.csv")).hasContent("\uFEFF\"番号\",\"氏名\"\r\n\"1\",\"渋谷太郎\"\r\n");
    assertThat(tables.resolve("説明.txt")).exists();
  }

  private void thenPlacesAnswerAndPasswordsChange(NodeProcess node) throws IOException {
    node.exec("backup:target-test " + CODE).expect(0);
    assertThat(node.exec("backup:stats " + CODE + " --json").expect(0).out())
        .contains("\"snapshots\" : 2");
    Path before = secret("before");
    Path after = secret("after");
    node.exec("backup:key-add " + CODE + " " + before).expect(0);
    String rotate = "backup:key-rotate " + CODE + " " + before + " ";
    assertThat(node.exec(rotate + after).expect(0).out()).contains("repository", "osaka");
    assertThat(node.exec(rotate + before).expect(1).err()).contains("KBN-BACKUP-081");
  }

  private Path secret(String text) throws IOException {
    Path file = Files.writeString(folder.resolve(text), text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
