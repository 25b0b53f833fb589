package org.kiban.exchange.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The table over the chain, for questions. It may be behind the chain, never ahead of it: it says
 * how far it is, and what is missing is applied again.
 */
final class Projection {

  /** Rows of one transaction. */
  private static final int AT_ONCE = 1_000;

  private final DataSource source;

  /**
   * Position of the last event in the table, as far as this object knows: not before its first
   * save, since a database whose disk was full may hold rows that it does not count.
   */
  private long savedTo = Long.MAX_VALUE;

  Projection(DataSource source) {
    this.source = source;
  }

  /** How far the table is. */
  record Applied(long position, long lastId) {}

  Applied applied() throws IOException {
    return inDatabase(
        c -> {
          try (PreparedStatement s = c.prepareStatement("select position, last_id from applied");
              ResultSet r = s.executeQuery()) {
            r.next();
            return new Applied(r.getLong(1), r.getLong(2));
          }
        });
  }

  /**
   * Saves rows, and with the last of them how far the table is now. Not all in one transaction: H2
   * would write its pages, drop them and read them again before it commits. A crash in between
   * leaves rows that are ahead of how far the table says it is; the events that are applied again
   * then only set what these rows have already.
   */
  void save(Collection<Delivery> rows, Applied applied) throws IOException {
    long saved = savedTo;
    savedTo = Long.MAX_VALUE; // until all are in: nobody knows what a save that failed has done
    List<Delivery> all = List.copyOf(rows);
    int from = 0;
    do {
      int to = Math.min(from + AT_ONCE, all.size());
      save(all.subList(from, to), saved, to == all.size() ? applied : null);
      from = to;
    } while (from < all.size());
    savedTo = applied.position();
  }

  private void save(List<Delivery> rows, long saved, Applied applied) throws IOException {
    // Most rows are new: what began after the last save is not in the table yet.
    List<Delivery> known = rows.stream().filter(d -> d.position() <= saved).toList();
    inDatabase(
        c -> {
          c.setAutoCommit(false);
          try {
            delete(c, "delete from delivery where id = ?", known);
            delete(c, "delete from open_delivery where id = ?", known);
            insert(c, rows);
            if (applied != null) {
              mark(c, applied);
            }
            c.commit();
          } catch (SQLException e) {
            c.rollback();
            throw e;
          }
          // Not after a rollback that failed: it would commit the half that was done.
          c.setAutoCommit(true);
          return null;
        });
  }

  private static void mark(Connection c, Applied applied) throws SQLException {
    try (PreparedStatement s = c.prepareStatement("update applied set position = ?, last_id = ?")) {
      s.setLong(1, applied.position());
      s.setLong(2, applied.lastId());
      s.executeUpdate();
    }
  }

  /** Empties the table, to be made again from the chain's start. */
  void clear() throws IOException {
    inDatabase(
        c -> {
          try (Statement s = c.createStatement()) {
            // First how far it is: what a crash leaves of the rest is made again too.
            s.execute("update applied set position = 0, last_id = 0");
            s.execute("delete from open_delivery");
            s.execute("delete from delivery");
          }
          savedTo = Long.MAX_VALUE;
          return null;
        });
  }

  private static void delete(Connection c, String sql, Collection<Delivery> rows)
      throws SQLException {
    try (PreparedStatement s = c.prepareStatement(sql)) {
      for (Delivery d : rows) {
        s.setLong(1, d.id());
        s.addBatch();
      }
      s.executeBatch();
    }
  }

  private static void insert(Connection c, Collection<Delivery> rows) throws SQLException {
    try (PreparedStatement row = c.prepareStatement(Rows.INSERT);
        PreparedStatement open = c.prepareStatement("insert into open_delivery values (?)")) {
      for (Delivery d : rows) {
        Rows.bind(row, d);
        row.addBatch();
        if (d.open()) {
          open.setLong(1, d.id());
          open.addBatch();
        }
      }
      row.executeBatch();
      open.executeBatch();
    }
  }

  /**
   * Rows that match.
   *
   * @param rest what follows {@code select d.* from delivery d}
   * @param args its parameters
   */
  List<Delivery> query(String rest, Object... args) throws IOException {
    return inDatabase(
        c -> {
          List<Delivery> found = new ArrayList<>();
          try (PreparedStatement s = c.prepareStatement("select d.* from delivery d " + rest)) {
            for (int i = 0; i < args.length; i++) {
              s.setObject(i + 1, args[i]);
            }
            read(s, found);
          }
          return found;
        });
  }

  /**
   * Rows of one interface under any of these idempotency keys. Key by key: given a list, H2 looks
   * at every row of the interface.
   */
  List<Delivery> accepted(String line, Collection<String> keys) throws IOException {
    return inDatabase(
        c -> {
          List<Delivery> found = new ArrayList<>();
          try (PreparedStatement s =
              c.prepareStatement(
                  "select * from delivery where key_hash = ? and line = ? and idkey = ?")) {
            s.setString(2, line);
            for (String key : keys) {
              s.setLong(1, Rows.keyHash(line, key));
              s.setString(3, key);
              read(s, found);
            }
          }
          return found;
        });
  }

  private static void read(PreparedStatement s, List<Delivery> into) throws SQLException {
    try (ResultSet r = s.executeQuery()) {
      while (r.next()) {
        into.add(Rows.read(r));
      }
    }
  }

  /** Number of deliveries by state. */
  Map<String, Long> counts() throws IOException {
    return inDatabase(
        c -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          try (PreparedStatement s =
                  c.prepareStatement(
                      "select state, count(*) from delivery group by state order by state");
              ResultSet r = s.executeQuery()) {
            while (r.next()) {
              counts.put(r.getString(1), r.getLong(2));
            }
          }
          return counts;
        });
  }

  /** Where the store keeps contents: the first parts of references. */
  Set<String> stored() throws IOException {
    return inDatabase(
        c -> {
          Set<String> found = new HashSet<>();
          try (PreparedStatement s =
                  c.prepareStatement(
                      "select distinct substring(ref from 1 for position(':' in ref) - 1)"
                          + " from delivery where ref is not null");
              ResultSet r = s.executeQuery()) {
            while (r.next()) {
              found.add(r.getString(1));
            }
          }
          return found;
        });
  }

  /** When the oldest delivery was received of which something is kept, by interface. */
  Map<String, Long> oldestKept() throws IOException {
    return inDatabase(
        c -> {
          Map<String, Long> found = new LinkedHashMap<>();
          try (PreparedStatement s =
                  c.prepareStatement(
                      "select line, min(received_at) from delivery"
                          + " where ref is not null or quarantine is not null group by line");
              ResultSet r = s.executeQuery()) {
            while (r.next()) {
              found.put(r.getString(1), r.getLong(2));
            }
          }
          return found;
        });
  }

  private interface Work<T> {
    T run(Connection c) throws SQLException;
  }

  private <T> T inDatabase(Work<T> work) throws IOException {
    try (Connection c = source.getConnection()) {
      return work.run(c);
    } catch (SQLException e) {
      // The message of a JDBC driver may hold a row's values; its code does not.
      throw new IOException("the ledger's index failed, SQL state " + e.getSQLState());
    }
  }
}
