package org.kiban.exchange.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kiban.core.Digests;

/** A delivery as columns, in the order of {@code V1__deliveries.sql}. */
final class Rows {

  static final String INSERT =
      "insert into delivery values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

  private Rows() {}

  static void bind(PreparedStatement s, Delivery d) throws SQLException {
    LedgerEvent.Source source = d.source();
    LedgerEvent.Result result = d.result();
    int i = 0;
    s.setLong(++i, d.id());
    s.setLong(++i, d.position());
    s.setString(++i, source.line());
    s.setString(++i, d.state());
    s.setString(++i, source.file());
    s.setString(++i, source.arrival());
    s.setLong(++i, source.bytes());
    s.setString(++i, source.sha());
    s.setString(++i, source.ref());
    s.setString(++i, d.key());
    s.setString(++i, d.sequence());
    s.setString(++i, result == null ? null : result.declaration());
    s.setLong(++i, result == null ? 0 : result.rows());
    s.setLong(++i, result == null ? 0 : result.rejected());
    s.setLong(++i, result == null ? 0 : result.replaced());
    s.setLong(++i, result == null ? 0 : result.bytes());
    s.setString(++i, result == null ? null : result.sha());
    s.setString(++i, d.code());
    s.setString(++i, d.reason());
    s.setString(++i, d.reasonJa());
    s.setString(++i, d.quarantine());
    s.setLong(++i, d.receivedAt());
    s.setLong(++i, d.updatedAt());
    s.setBoolean(++i, d.retired());
    s.setLong(++i, d.expiredAt());
    s.setString(++i, text(d.consumers()));
    s.setLong(++i, keyHash(source.line(), d.key()));
  }

  /** What stands in the index for an idempotency key: the first eight bytes of its SHA-256. */
  static long keyHash(String line, String key) {
    if (key == null) {
      return 0;
    }
    byte[] bytes = (line + '\n' + key).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(Digests.sha256().digest(bytes)).getLong();
  }

  /** A line for each consumer; no part of it holds a tab or a line feed. */
  private static String text(Map<String, Delivery.Leg> legs) {
    StringBuilder text = new StringBuilder();
    legs.forEach(
        (consumer, leg) ->
            text.append(consumer)
                .append('\t')
                .append(leg.state())
                .append('\t')
                .append(leg.at())
                .append('\t')
                .append(leg.way() == null ? "" : leg.way())
                .append('\n'));
    return text.toString();
  }

  private static Map<String, Delivery.Leg> legs(String text) {
    Map<String, Delivery.Leg> legs = new LinkedHashMap<>();
    text.lines()
        .map(line -> line.split("\t", -1))
        .forEach(
            part ->
                legs.put(
                    part[0],
                    new Delivery.Leg(
                        part[1], Long.parseLong(part[2]), part[3].isEmpty() ? null : part[3])));
    return legs;
  }

  static Delivery read(ResultSet r) throws SQLException {
    LedgerEvent.Source source =
        new LedgerEvent.Source(
            r.getString("line"),
            r.getString("arrival"),
            r.getString("file"),
            r.getLong("bytes"),
            r.getString("sha"),
            r.getString("ref"));
    LedgerEvent.Result result =
        r.getString("declaration") == null
            ? null
            : new LedgerEvent.Result(
                r.getString("declaration"),
                r.getLong("row_count"),
                r.getLong("rejected"),
                r.getLong("replaced"),
                r.getLong("out_bytes"),
                r.getString("out_sha"));
    return new Delivery(
        r.getLong("id"),
        r.getLong("position"),
        r.getString("state"),
        source,
        r.getString("idkey"),
        r.getString("sequence"),
        result,
        r.getString("code"),
        r.getString("reason"),
        r.getString("reason_ja"),
        r.getString("quarantine"),
        r.getLong("received_at"),
        r.getLong("updated_at"),
        r.getBoolean("retired"),
        r.getLong("expired_at"),
        legs(r.getString("legs")));
  }
}
