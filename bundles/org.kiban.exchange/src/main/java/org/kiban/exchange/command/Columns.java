package org.kiban.exchange.command;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.kiban.exchange.api.DeliveryView;
import org.kiban.exchange.api.DeliveryView.ConsumerView;
import org.kiban.exchange.api.DryRun;
import org.kiban.exchange.api.InterfaceView;
import org.kiban.exchange.api.TimeView;
import org.kiban.exchange.api.Verification;
import org.kiban.shell.Terminal;
import org.kiban.shell.Terminal.Column;

/** How the linkage's answers look on a screen. */
final class Columns {

  private static final int SHORT_HASH = 12;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  static final List<Column<DeliveryView>> DELIVERIES =
      List.of(
          new Column<>("配信", "delivery", DeliveryView::delivery),
          new Column<>("受付", "received", d -> time(d.receivedAt())),
          new Column<>("インターフェース", "interface", DeliveryView::interfaceId),
          new Column<>("ファイル", "file", DeliveryView::file),
          new Column<>("状態", "state", DeliveryView::state),
          new Column<>("受信行", "rows in", DeliveryView::rowsReceived),
          new Column<>("配信行", "rows out", DeliveryView::rowsDelivered),
          new Column<>("隔離行", "quarantined", DeliveryView::rowsQuarantined),
          new Column<>("利用側", "consumers", Columns::consumers),
          new Column<>("コード", "code", DeliveryView::code));

  static final List<Column<InterfaceView>> INTERFACES =
      List.of(
          new Column<>("インターフェース", "interface", InterfaceView::id),
          new Column<>("名称", "name", InterfaceView::name),
          new Column<>("提供側", "provider", InterfaceView::provider),
          new Column<>("受信", "receives", InterfaceView::receives),
          new Column<>("利用側", "consumers", Columns::ways),
          new Column<>("状態", "state", InterfaceView::state),
          new Column<>("問題", "problems", i -> i.problems().size()));

  static final List<Column<Verification.Finding>> FINDINGS =
      List.of(
          new Column<>("箇所", "where", Verification.Finding::where),
          new Column<>("問題", "problem", Verification.Finding::problem));

  private static final List<Column<ConsumerView>> CONSUMERS =
      List.of(
          new Column<>("利用側", "consumer", ConsumerView::system),
          new Column<>("状態", "state", ConsumerView::state),
          new Column<>("日時", "at", c -> time(c.at())),
          new Column<>("場所", "place", ConsumerView::place),
          new Column<>("失敗", "failed tries", c -> c.attempts() == 0 ? "" : c.attempts()),
          new Column<>("理由", "problem", ConsumerView::problem));

  private static final List<Column<DryRun.RowError>> ERRORS_JA =
      List.of(
          new Column<>("行", "row", DryRun.RowError::row),
          new Column<>("項目", "column", DryRun.RowError::column),
          new Column<>("コード", "code", DryRun.RowError::code),
          new Column<>("理由", "reason", DryRun.RowError::reasonJa));

  private static final List<Column<DryRun.RowError>> ERRORS_EN =
      List.of(
          new Column<>("行", "row", DryRun.RowError::row),
          new Column<>("項目", "column", DryRun.RowError::column),
          new Column<>("コード", "code", DryRun.RowError::code),
          new Column<>("理由", "reason", DryRun.RowError::reasonEn));

  private Columns() {}

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** How far to believe it, if somebody knew. */
  private static String time(TimeView time) {
    return time == null || time.boundMilliseconds() == null
        ? ""
        : " ± %.3f ms (%s)".formatted(time.boundMilliseconds(), time.trust());
  }

  private static String ways(InterfaceView i) {
    return i.consumers().stream()
        .map(c -> c + ":" + i.ways().getOrDefault(c, "?"))
        .collect(Collectors.joining(" "));
  }

  private static String consumers(DeliveryView d) {
    return d.consumers().stream()
        .map(c -> c.system() + ":" + c.state())
        .collect(Collectors.joining(" "));
  }

  static void print(Terminal terminal, DeliveryView d) {
    line(terminal, "配信番号", "delivery", d.delivery() + "  [" + d.state() + "]");
    line(terminal, "インターフェース", "interface", d.interfaceId());
    line(terminal, "ファイル", "file", d.file() + "  (" + d.bytes() + " bytes)");
    line(terminal, "SHA-256", "SHA-256", d.sha256());
    line(terminal, "受付", "received", time(d.receivedAt()) + time(d.time()) + "  #" + d.position());
    if (d.code() != null) {
      line(terminal, "理由", "reason", d.code() + "  " + terminal.text(d.reasonJa(), d.reason()));
    } else {
      String rows =
          terminal
              .text(
                  "受信 %d = 配信 %d + 隔離 %d、置換 %d 文字", "in %d = out %d + quarantined %d; %d replaced")
              .formatted(d.rowsReceived(), d.rowsDelivered(), d.rowsQuarantined(), d.replaced());
      line(terminal, "行", "rows", rows);
      line(terminal, "配信内容", "delivered as", d.outBytes() + " bytes  " + d.outSha256());
    }
    if (d.quarantine() != null) {
      line(terminal, "隔離先", "quarantine", d.quarantine());
    }
    if (d.removedAt() != null) {
      line(terminal, "保存期間終了により削除", "removed, retention ended", time(d.removedAt()));
    }
    if (!d.consumers().isEmpty()) {
      terminal.table(CONSUMERS, d.consumers());
    }
  }

  private static void line(Terminal terminal, String title, String english, String value) {
    terminal.out().println(terminal.text(title, english) + ": " + value);
  }

  static void problems(Terminal terminal, List<InterfaceView> interfaces) {
    for (InterfaceView i : interfaces) {
      i.problems()
          .forEach(
              p ->
                  terminal
                      .out()
                      .println("  " + i.id() + ": " + terminal.text(p.reasonJa(), p.reason())));
    }
  }

  static void print(Terminal terminal, DryRun result) {
    PrintStream out = terminal.out();
    line(terminal, "結果", "outcome", result.outcome());
    if (result.code() != null) {
      line(
          terminal,
          "理由",
          "reason",
          result.code() + "  " + terminal.text(result.reasonJa(), result.reason()));
    } else {
      out.println(
          terminal
              .text(
                  "受信 %d = 配信 %d + 隔離 %d、置換 %d 文字", "in %d = out %d + quarantined %d; %d replaced")
              .formatted(
                  result.rowsReceived(),
                  result.rowsDelivered(),
                  result.rowsQuarantined(),
                  result.replaced()));
      line(
          terminal,
          "変換後",
          "converted",
          result.outBytes() + " bytes  " + result.outSha256().substring(0, SHORT_HASH));
    }
    if (!result.errors().isEmpty()) {
      terminal.table(
          terminal.text("ja", "en").equals("ja") ? ERRORS_JA : ERRORS_EN, result.errors());
    }
  }
}
