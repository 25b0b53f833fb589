package org.kiban.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {

  @TempDir private Path folder;

  @Test
  void tellsWhatBecameOfEachUserAndNoPassword() throws IOException {
    Map<String, String> before =
        users("admin = {CRYPT}one{CRYPT},admin", "tanaka = two,view", "suzuki = three,view");
    Map<String, String> after =
        users("admin = {CRYPT}new{CRYPT},admin", "tanaka = two,admin,view", "sato = four,operate");

    List<String> changes = Users.changes(before, after);

    assertThat(changes)
        .containsExactly(
            "admin: password changed",
            "sato: added, roles operate",
            "suzuki: removed, roles view",
            "tanaka: roles view -> admin,view");
  }

  @Test
  void theOrderOfRolesIsNoChange() throws IOException {
    assertThat(Users.changes(users("a = p,view,admin"), users("a = p,admin,view"))).isEmpty();
  }

  @Test
  void aMissingFileHasNoUsers() throws IOException {
    assertThat(Users.read(folder.resolve("none"))).isEmpty();
  }

  private Map<String, String> users(String... lines) throws IOException {
    return Users.read(Files.write(folder.resolve("users.properties"), List.of(lines)));
  }
}
