package org.kiban.storage.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.kiban.core.storage.Databases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An H2 database with a pool in front of it. */
final class PooledDatabase implements Databases.Database {

  private static final Logger LOG = LoggerFactory.getLogger(PooledDatabase.class);
  private static final int CONNECTIONS = 8;

  private final DataSource administrator;
  private final HikariDataSource pool;
  private final DataSource scrubbed;
  private final Runnable closing;

  /**
   * @param name of the pool, for its threads and log lines
   * @param user opens the connections that the pool gives out
   * @param administrator opens the one that shuts the database down
   * @param closing is told before that
   */
  PooledDatabase(String name, DataSource user, DataSource administrator, Runnable closing) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(user);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    this.administrator = administrator;
    this.closing = closing;
    this.pool = new HikariDataSource(config);
    this.scrubbed = ScrubbedDataSource.of(pool);
  }

  @Override
  public DataSource dataSource() {
    return scrubbed;
  }

  @Override
  public void close() {
    if (pool.isClosed()) {
      return;
    }
    closing.run();
    try (Connection connection = administrator.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      LOG.debug("{}: {}", pool.getPoolName(), Scrubber.text(e));
    }
    pool.close();
  }
}
