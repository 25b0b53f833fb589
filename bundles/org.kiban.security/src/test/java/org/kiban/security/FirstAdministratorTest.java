package org.kiban.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;
import org.kiban.core.storage.DurableFiles;

class FirstAdministratorTest {

  private static final Pattern PASSWORD = Pattern.compile("password : ([a-z0-9-]{29})\n");

  @TempDir Path root;
  private Node node;
  private Path users;
  private Path notice;
  private final PasswordHash hash = new PasswordHash();

  @BeforeEach
  void givenANode() throws IOException {
    node = new Node(root);
    users = node.etc().resolve("users.properties");
    notice = node.security().resolve("first-password");
  }

  @Test
  void makesAnAdministratorWhosePasswordStandsOnlyInTheOneTimeFile() throws IOException {
    ensure(node);

    Matcher password = PASSWORD.matcher(Files.readString(notice));
    assertThat(password.find()).isTrue();
    String[] fields = users().getProperty("admin").split(",");
    assertThat(fields[0]).startsWith("{CRYPT}").endsWith("{CRYPT}");
    String stored = fields[0].substring(7, fields[0].length() - 7);
    assertThat(hash.checkPassword(password.group(1), stored)).isTrue();
    assertThat(fields[1]).isEqualTo("_g_:administrators");
    assertThat(users().getProperty("_g_:administrators"))
        .isEqualTo("group,admin,manager,viewer,systembundles,ssh,view,operate,integrate");
    assertThat(Files.readString(users)).doesNotContain(password.group(1));
    for (Path file : new Path[] {users, notice}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void keepsWhatTheOperatorWroteAndItsGroups() throws IOException {
    Files.writeString(users, "# 説明\n_g_\\:staff = group,view\n");

    ensure(node);

    assertThat(Files.readString(users)).startsWith("# 説明\n_g_\\:staff = group,view\n");
    assertThat(users()).containsKeys("_g_:staff", "admin");
  }

  @Test
  void makesNoneWhereThereIsAUser() throws IOException {
    Files.writeString(users, "hanako = x,view\n");

    ensure(node);

    assertThat(notice).doesNotExist();
    assertThat(Files.readString(users)).isEqualTo("hanako = x,view\n");
  }

  @Test
  void waitsForUsersWhoseFileIsBeingWrittenAnew() throws Exception {
    Files.writeString(users, "");
    Thread karaf =
        new Thread(
            () -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
              try {
                Files.writeString(users, "hanako = x,view\n");
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    karaf.start();

    ensure(node);
    karaf.join();

    assertThat(notice).doesNotExist();
    assertThat(Files.readString(users)).isEqualTo("hanako = x,view\n");
  }

  @Test
  void makesNoneTwiceEvenWhenAllUsersAreGone() throws IOException {
    ensure(node);
    Files.delete(notice);
    Files.delete(users);

    ensure(node);

    assertThat(notice).doesNotExist();
    assertThat(users).doesNotExist();
  }

  @Test
  void aCrashBeforeTheUserIsWrittenLosesNothing() throws IOException {
    DurableFiles crashing = new FailsAt(users);
    assertThatThrownBy(() -> ensure(crashing))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code().code()).isEqualTo("KBN-SECURITY-006"));
    assertThat(users).doesNotExist();

    ensure(node);

    Matcher password = PASSWORD.matcher(Files.readString(notice));
    assertThat(password.find()).isTrue();
    String stored = users().getProperty("admin").replace("{CRYPT}", "").split(",")[0];
    assertThat(hash.checkPassword(password.group(1), stored)).isTrue();
  }

  private void ensure(DurableFiles files) {
    new FirstAdministrator(node.security(), users, files, hash).ensure();
  }

  private Properties users() throws IOException {
    Properties read = new Properties();
    try (Reader in = Files.newBufferedReader(users, ISO_8859_1)) {
      read.load(in);
    }
    return read;
  }

  /** Writes all but one file. */
  private final class FailsAt implements DurableFiles {
    private final Path forbidden;

    FailsAt(Path forbidden) {
      this.forbidden = forbidden;
    }

    @Override
    public void write(Path target, Content content) throws IOException {
      if (target.equals(forbidden)) {
        throw new IOException("read-only");
      }
      node.write(target, content);
    }

    @Override
    public void move(Path source, Path target) throws IOException {
      node.move(source, target);
    }

    @Override
    public void delete(Path file) throws IOException {
      node.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) {
      node.syncDirectory(directory);
    }
  }
}
