package org.kiban.storage.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Opens connections of a user who is no administrator. An administrator's connection stands open
 * meanwhile: H2 takes options such as those of tracing from nobody else, and forgets them when a
 * database closes.
 */
final class GuestDataSource implements DataSource {

  private final DataSource administrator;
  private final DataSource guest;

  GuestDataSource(DataSource administrator, DataSource guest) {
    this.administrator = administrator;
    this.guest = guest;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection opening = administrator.getConnection();
    try {
      return guest.getConnection();
    } finally {
      opening.close();
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return guest.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    guest.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    guest.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return guest.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("not a wrapper");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
