package org.kiban.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.karaf.jaas.modules.Encryption;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the administrator of a node that has no user. Once only: a node whose users were all
 * removed later gets none. The password goes to a file that {@code bin/kiban start} prints and
 * deletes, and nowhere else.
 */
final class FirstAdministrator {

  /** Who it is. */
  static final String USER = "admin";

  /** The one-time file, in the node's security directory. */
  static final String PASSWORD_FILE = "first-password";

  private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
  private static final String DONE_FILE = "first-administrator-made";
  private static final String GROUP_PREFIX = "_g_:";
  private static final String GROUP = "administrators";
  private static final String ROLES =
      "group,admin,manager,viewer,systembundles,ssh,view,operate,integrate";
  // Without characters that look alike: the password is typed from a screen.
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 5;
  private static final int GROUP_LENGTH = 5;
  private static final int LOOKS = 30;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path directory;
  private final Path users;
  private final DurableFiles files;
  private final Encryption encryption;

  /**
   * @param directory the node's security directory
   * @param users Karaf's {@code users.properties}; need not exist
   */
  FirstAdministrator(Path directory, Path users, DurableFiles files, Encryption encryption) {
    this.directory = directory;
    this.users = users;
    this.files = files;
    this.encryption = encryption;
  }

  /**
   * Makes the administrator if there is no user and none was made before. The password is written
   * before the user, so that a crash between the two loses neither.
   */
  void ensure() {
    Path done = directory.resolve(DONE_FILE);
    if (Files.exists(done)) {
      return;
    }
    try {
      String content = content();
      if (!hasUser(content)) {
        String password = password();
        files.write(
            directory.resolve(PASSWORD_FILE), out -> out.write(notice(password).getBytes(UTF_8)));
        String added = content + entry(password);
        files.write(users, out -> out.write(added.getBytes(ISO_8859_1)));
        LOG.info(SecurityMessage.ADMINISTRATOR_MADE.logLine(USER));
      }
      files.write(done, out -> out.write('\n'));
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, SecurityMessage.USERS_UNWRITABLE, users, e.toString());
    }
  }

  /**
   * What the file of users holds. Karaf writes it anew, in place, when it finds a password that is
   * not hashed: for a moment it is empty, and who believes that loses its users.
   */
  private String content() throws IOException {
    String content = "";
    for (int look = 0; content.isBlank() && Files.exists(users) && look < LOOKS; look++) {
      LockSupport.parkNanos(look == 0 ? 0 : LOOK_NANOS);
      content = Files.readString(users, ISO_8859_1);
    }
    return content;
  }

  private static boolean hasUser(String content) throws IOException {
    Properties found = new Properties();
    found.load(new java.io.StringReader(content));
    return found.stringPropertyNames().stream().anyMatch(n -> !n.startsWith(GROUP_PREFIX));
  }

  private String entry(String password) {
    String hash = "{CRYPT}" + encryption.encryptPassword(password) + "{CRYPT}";
    return "%n%s = %s,%s%s%n%s = %s%n"
        .formatted(
            USER, hash, GROUP_PREFIX, GROUP, GROUP_PREFIX.replace(":", "\\:") + GROUP, ROLES);
  }

  private static String notice(String password) {
    return """
        利用者 / user         : %s
        パスワード / password : %s
        """
        .formatted(USER, password);
  }

  private static String password() {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
      if (i > 0 && i % GROUP_LENGTH == 0) {
        text.append('-');
      }
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
