package org.kiban.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.storage.Databases;
import org.kiban.storage.DurableFilesComponent;

class RestrictedDatabaseTest {

  private static final MunicipalityCode KURASHIKI = new MunicipalityCode("332020");

  @TempDir Path data;

  @Test
  void givenAGuestWhenItWritesThenItsRowsSurvive() throws Exception {
    try (Databases.Database database = component().openRestricted(KURASHIKI, "route")) {
      run(database, "CREATE TABLE t (a INT PRIMARY KEY)");
      run(database, "INSERT INTO t VALUES (1)");
    }
    try (Databases.Database database = component().openRestricted(KURASHIKI, "route");
        Connection connection = database.dataSource().getConnection();
        ResultSet rows = connection.createStatement().executeQuery("SELECT a FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE ALIAS X FOR 'java.lang.System.exit'",
        "CREATE ALIAS X AS 'String x() { return \"\"; }'",
        "CREATE AGGREGATE X FOR 'java.lang.Object'",
        "CREATE TRIGGER X BEFORE INSERT ON T CALL 'java.lang.Object'",
        "CREATE TRIGGER X BEFORE INSERT ON T AS 'org.h2.api.Trigger x() { return null; }'",
        "CREATE TABLE X (A INT) ENGINE 'java.lang.Object'",
        "CREATE LINKED TABLE X ('org.h2.Driver', 'jdbc:h2:mem:x', '', '', 'T')",
        "CALL LINK_SCHEMA('X', '', 'jdbc:h2:mem:x', '', '', 'PUBLIC')",
        "CALL FILE_READ('/etc/hostname', NULL)",
        "CALL FILE_WRITE('x', '%s')",
        "CALL CSVWRITE('%s', 'SELECT 1')",
        "CALL CSVREAD('/etc/passwd')",
        "SCRIPT TO '%s'",
        "RUNSCRIPT FROM '/etc/hostname'",
        "BACKUP TO '%s'",
        "SHUTDOWN",
        "SET EXCLUSIVE 1",
        "SET TRACE_LEVEL_FILE 3",
        "SET DB_CLOSE_DELAY 5",
        "CREATE USER X PASSWORD 'x'",
        "ALTER USER GUEST ADMIN TRUE",
        "GRANT ALTER ANY SCHEMA TO GUEST",
        "CREATE SCHEMA X",
        "DROP ALL OBJECTS",
        "CALL MEMORY_USED()"
      })
  void givenAGuestWhenItReachesBeyondItsSchemaThenRefused(String statement) throws Exception {
    Path leak = data.resolve("leak");
    try (Databases.Database database = component().openRestricted(KURASHIKI, "route")) {
      run(database, "CREATE TABLE t (a INT PRIMARY KEY)");
      assertThatThrownBy(() -> run(database, statement.formatted(leak)))
          .isInstanceOf(SQLException.class);
      run(database, "INSERT INTO t VALUES (1)");
    }
    assertThat(leak).doesNotExist();
  }

  private static void run(Databases.Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private DatabasesComponent component() {
    return new DatabasesComponent(
        new DatabasesTest.Paths(data),
        new DatabasesTest.FixedKeys((byte) 1),
        new DurableFilesComponent());
  }
}
