package org.kiban.storage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.Databases;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.StorageMessage;

class DatabasesTest {

  private static final MunicipalityCode KURASHIKI = new MunicipalityCode("332020");
  private static final MunicipalityCode TAKAMATSU = new MunicipalityCode("372013");

  @TempDir Path data;
  @TempDir Path scripts;
  private byte keyByte = 1;

  @BeforeEach
  void givenOneScript() throws IOException {
    script("V1__person.sql", "CREATE TABLE person (id BIGINT PRIMARY KEY, name VARCHAR(5));");
  }

  @Test
  void givenAnEmptyDirectoryWhenOpenedThenTheSchemaIsThereAndRowsSurviveClosing() throws Exception {
    try (Databases.Database database = open(KURASHIKI)) {
      assertThat(database.dataSource().getConnection()).matches(DatabasesTest::autoCommits);
      insert(database, 1, "倉敷");
    }
    try (Databases.Database database = open(KURASHIKI)) {
      assertThat(names(database)).isEqualTo("倉敷");
    }
    try (Databases.Database database = open(TAKAMATSU)) {
      assertThat(names(database)).isNull();
    }
  }

  @Test
  void givenAnOpenDatabaseWhenCopiedThenTheCopyOpensInItsPlaceAsOfTheMoment() throws Exception {
    Path copy = data.resolve("copy");
    DatabasesComponent databases = component();
    URL[] urls = {scripts.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, null);
        Databases.Database database = databases.open(KURASHIKI, "exchange", loader)) {
      insert(database, 1, "befor");
      assertThat(databases.open(KURASHIKI)).containsExactly("exchange");
      databases.copy(KURASHIKI, "exchange", copy);
      insert(database, 2, "after");
    }
    assertThat(databases.open(KURASHIKI)).isEmpty();
    assertThat(new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1))
        .doesNotContain("befor", "PERSON");
    Files.move(copy, databases.file(KURASHIKI, "exchange"), StandardCopyOption.REPLACE_EXISTING);
    try (Databases.Database database = open(KURASHIKI)) {
      assertThat(names(database)).isEqualTo("befor");
    }
  }

  @Test
  void givenRowsWhenTheFileIsReadThenItShowsNoneOfThem() throws Exception {
    try (Databases.Database database = open(KURASHIKI)) {
      insert(database, 1, "KURA");
    }
    assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1))
        .doesNotContain("KURA", "PERSON");
  }

  @Test
  void givenANewScriptWhenOpenedThenOnlyItIsRun() throws Exception {
    open(KURASHIKI).close();
    script("V2__more.sql", "ALTER TABLE person ADD kana VARCHAR(9);\nCREATE TABLE two (a INT);");
    script("V10__last.sql", "INSERT INTO two VALUES (10);");
    try (Databases.Database database = open(KURASHIKI);
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT COUNT(*), MAX(version) FROM schema_history, two")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(3);
      assertThat(rows.getInt(2)).isEqualTo(10);
    }
  }

  @Test
  void givenAWrongScriptWhenOpenedThenItIsNamedAndThePreviousOnesStay() throws Exception {
    script("V2__wrong.sql", "INSERT INTO person VALUES (7, 'secret name');");
    assertThatThrownBy(() -> open(KURASHIKI))
        .isInstanceOfSatisfying(
            KibanException.class, e -> coded(e, StorageMessage.MIGRATION_FAILED))
        .hasMessageContaining("V2__wrong.sql")
        .hasMessageContaining(file().toString())
        .message()
        .doesNotContain("secret");
    script("V2__wrong.sql", "INSERT INTO person VALUES (7, 'right');");
    try (Databases.Database database = open(KURASHIKI)) {
      assertThat(names(database)).isEqualTo("right");
    }
  }

  @Test
  void givenAChangedOrMissingScriptWhenOpenedThenRefused() throws Exception {
    script("V2__more.sql", "CREATE TABLE two (a INT);");
    open(KURASHIKI).close();
    script("V2__more.sql", "CREATE TABLE two (a BIGINT);");
    refused(KURASHIKI, StorageMessage.SCRIPT_CHANGED);
    Files.delete(scripts.resolve("db/exchange/V2__more.sql"));
    refused(KURASHIKI, StorageMessage.TOO_NEW);
  }

  @Test
  void givenAnotherKeyWhenOpenedThenRefusedAndTheFileIsUntouched() throws Exception {
    open(KURASHIKI).close();
    byte[] before = Files.readAllBytes(file());
    keyByte = 2;
    refused(KURASHIKI, StorageMessage.WRONG_KEY);
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    keyByte = 1;
    open(KURASHIKI).close();
  }

  @Test
  void givenADamagedFileWhenOpenedThenSaidSo() throws Exception {
    try (Databases.Database database = open(KURASHIKI)) {
      sql(database, "INSERT INTO person SELECT x, 'name' FROM SYSTEM_RANGE(1, 20000)");
    }
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 3 * 4096, bytes.length, (byte) 7);
    Files.write(file(), bytes);
    refused(KURASHIKI, StorageMessage.DAMAGED);
    Files.delete(file());
    refused(KURASHIKI, StorageMessage.MISSING);
    assertThat(file()).doesNotExist();
  }

  @Test
  void givenAnInterruptedThreadWhenItWritesThenTheDatabaseStaysOpen() throws Exception {
    try (Databases.Database database = open(KURASHIKI)) {
      for (int i = 0; i < 20; i++) {
        Thread.currentThread().interrupt();
        try {
          insert(database, i, "a");
        } catch (SQLException e) {
          assertThat(Thread.interrupted()).isTrue();
        }
      }
      Thread.interrupted();
      insert(database, 100, "b");
      assertThat(names(database)).isEqualTo("b");
    }
  }

  @Test
  void givenAConnectionInUseWhenClosedThenTheFileIsFree() throws Exception {
    Databases.Database database = open(KURASHIKI);
    Connection connection = database.dataSource().getConnection();
    database.close();
    database.close();
    open(KURASHIKI).close();
    assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
  }

  @Test
  void givenWrongRowsWhenWrittenThenTheExceptionShowsNoValue() throws Exception {
    try (Databases.Database database = open(KURASHIKI)) {
      insert(database, 4711, "倉敷");
      assertThatThrownBy(() -> insert(database, 4711, "高松"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class)
          .satisfies(DatabasesTest::showsNoValue)
          .hasMessageContaining("PRIMARY KEY ON PUBLIC.PERSON")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("23505");
      assertThatThrownBy(() -> insert(database, 4712, "4711高松倉敷"))
          .satisfies(DatabasesTest::showsNoValue);
      assertThatThrownBy(() -> sql(database, "INSERT INTO person VALUES ('4711高松', '')"))
          .satisfies(DatabasesTest::showsNoValue);
      assertThatThrownBy(() -> sql(database, "SELECT '4711高松' FRO person"))
          .satisfies(DatabasesTest::showsNoValue);
      assertThatThrownBy(() -> sql(database, "SELECT '高松' FROM persons"))
          .hasMessageContaining("PERSONS")
          .satisfies(DatabasesTest::showsNoValue);
      assertThatThrownBy(() -> batch(database)).satisfies(DatabasesTest::showsNoValue);
      assertThatThrownBy(() -> number(database)).satisfies(DatabasesTest::showsNoValue);
    }
  }

  private static void showsNoValue(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      assertThat(at.toString()).doesNotContain("4711", "高松", "倉敷");
    }
    if (e instanceof SQLException sql && sql.getNextException() != null) {
      showsNoValue(sql.getNextException());
    }
  }

  private void refused(MunicipalityCode code, StorageMessage message) {
    assertThatThrownBy(() -> open(code))
        .isInstanceOfSatisfying(KibanException.class, e -> coded(e, message))
        .hasMessageContaining(file().toString());
  }

  private static void coded(KibanException e, StorageMessage message) {
    assertThat(e.code()).isEqualTo(message);
  }

  private static boolean autoCommits(Connection connection) {
    try (connection) {
      return connection.getAutoCommit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insert(Databases.Database database, long id, String name)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement row = connection.prepareStatement("INSERT INTO person VALUES (?, ?)")) {
      row.setLong(1, id);
      row.setString(2, name);
      row.executeUpdate();
    }
  }

  private static void batch(Databases.Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement row = connection.prepareStatement("INSERT INTO person VALUES (?, ?)")) {
      row.setLong(1, 4711);
      row.setString(2, "高松");
      row.addBatch();
      row.executeBatch();
    }
  }

  private static void number(Databases.Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM person")) {
      rows.next();
      rows.getInt(1);
    }
  }

  private static void sql(Databases.Database database, String text) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static String names(Databases.Database database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM person ORDER BY id DESC")) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private void script(String name, String text) throws IOException {
    Files.createDirectories(scripts.resolve("db/exchange"));
    Files.writeString(scripts.resolve("db/exchange").resolve(name), text);
  }

  private Path file() {
    return data.resolve("332020/exchange/database.mv.db");
  }

  private Databases.Database open(MunicipalityCode code) throws IOException {
    URL[] urls = {scripts.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      return component().open(code, "exchange", loader);
    }
  }

  private DatabasesComponent component() {
    return new DatabasesComponent(
        new Paths(data), new FixedKeys(keyByte), new DurableFilesComponent());
  }

  record FixedKeys(byte value) implements Keys {
    @Override
    public SecretKey municipality(MunicipalityCode code, String purpose) {
      byte[] key = new byte[32];
      Arrays.fill(key, value);
      return new SecretKeySpec(key, "AES");
    }

    @Override
    public SecretKey node(String purpose) {
      throw new UnsupportedOperationException(purpose);
    }
  }

  record Paths(Path data) implements NodePaths {
    @Override
    public String nodeName() {
      return "test";
    }

    @Override
    public Path home() {
      return data;
    }

    @Override
    public Path etc() {
      return data;
    }

    @Override
    public Path nodeDirectory(String capability) {
      return municipality("node", capability);
    }

    @Override
    public Path municipalityDirectory(MunicipalityCode code, String capability) {
      return municipality(code.value(), capability);
    }

    private Path municipality(String first, String second) {
      try {
        return Files.createDirectories(data.resolve(first).resolve(second));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
