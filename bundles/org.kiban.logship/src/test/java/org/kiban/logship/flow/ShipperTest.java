package org.kiban.logship.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.logship.ship.Chain;
import org.kiban.logship.ship.Position;

class ShipperTest {

  @TempDir private Path folder;

  private final Receiver receiver = new Receiver();
  private Instant now = Instant.now().plusSeconds(3600);
  private Path log;
  private Sender sender;

  @BeforeEach
  void givenASender() throws IOException {
    log = Files.createDirectories(folder.resolve("logs")).resolve("app.log");
    begin();
  }

  @AfterEach
  void end() throws IOException {
    sender.stop();
  }

  private void begin() throws IOException {
    sender = new Sender(folder, log.toString(), receiver.connect(), () -> now);
  }

  private void write(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void run() {
    sender.run();
    now = now.plus(Duration.ofMinutes(2));
    sender.run();
  }

  @Test
  void sendsWhatIsWrittenInOrder() throws IOException {
    write("one\ntwo\n");
    run();
    write("three\n");
    run();

    assertThat(receiver.all()).containsExactly("one", "two", "three");
    assertThat(sender.shipper.compare())
        .singleElement()
        .matches(g -> g.sent() == 3 && g.stored() == 3 && g.verdict() == Report.Verdict.OK);
  }

  @Test
  void sendsManySegmentsOfALargeFile() throws IOException {
    write("0123456789 0123456789 abcdefghij\n".repeat(100_000));
    run();

    assertThat(receiver.all()).hasSize(100_000).containsOnly("0123456789 0123456789 abcdefghij");
  }

  @Test
  void waitsForAReceiverThatIsDownAndSaysSo() throws IOException {
    receiver.down = true;
    write("one\n");
    sender.run();
    assertThat(sender.shipper.problem()).contains("KBN-LOGSHIP-007").contains("refused");
    receiver.down = false;
    sender.run();
    assertThat(receiver.all()).as("not before the pause is over").isEmpty();
    run();

    assertThat(receiver.all()).containsExactly("one");
    assertThat(sender.shipper.problem()).isEmpty();
  }

  @Test
  void goesOnWhereTheReceiverIsAfterAnAnswerThatNeverCame() throws IOException {
    receiver.mute = true;
    write("one\ntwo\n");
    sender.run();
    receiver.mute = false;
    write("three\n");
    run();

    assertThat(receiver.all()).containsExactly("one", "two", "three");
  }

  @Test
  void goesOnWhereTheReceiverIsAfterAKill() throws IOException {
    write("one\n");
    sender.run();
    sender.kill();
    write("two\n");
    begin();
    run();

    assertThat(receiver.all()).containsExactly("one", "two");
    assertThat(sender.shipper.compare()).allMatch(g -> g.verdict() == Report.Verdict.OK);
  }

  @Test
  void recordsWhatWasDeletedBeforeItCouldBeSent() throws IOException {
    write("one\n");
    run();
    receiver.down = true;
    sender.stop();
    write("two\n");
    begin();
    run();
    Files.delete(log);
    receiver.down = false;
    run();
    run();

    assertThat(sender.evidence.troubles())
        .singleElement()
        .matches(e -> e.kind() == Evidence.Kind.LOST && e.from() == 4 && e.to() == 8);
    assertThat(sender.shipper.lanes())
        .as("nobody waits for it, and its loss is told")
        .singleElement()
        .matches(l -> l.waiting() == 0 && l.problem().contains("KBN-LOGSHIP-005"));
  }

  @Test
  void tellsALossOnceAndNoLongerOnceItIsAccepted() throws IOException {
    // given
    write("one\n");
    receiver.down = true;
    run();
    Files.delete(log);
    receiver.down = false;
    run();
    run();
    assertThat(sender.shipper.lanes()).allMatch(l -> l.problem().contains("KBN-LOGSHIP-005"));

    // when
    sender.stop();
    begin();
    run();
    run();

    // then
    assertThat(sender.evidence.losses()).as("told once").hasSize(1);
    assertThat(sender.shipper.lanes()).allMatch(l -> l.problem().contains("KBN-LOGSHIP-005"));

    // when
    sender.evidence.accept(now, sender.evidence.losses(), "disk exchanged");
    sender.stop();
    begin();
    run();
    run();

    // then
    assertThat(sender.evidence.losses()).isEmpty();
    assertThat(sender.evidence.troubles())
        .extracting(Evidence.Entry::kind)
        .containsExactly(Evidence.Kind.LOST, Evidence.Kind.ACCEPTED);
    assertThat(sender.shipper.lanes())
        .singleElement()
        .matches(l -> l.problem().isEmpty() && l.waiting() == 0);
  }

  @Test
  void sendsWhatWasTakenForLostWhenItLiesThereAgain() throws IOException {
    write("one\n");
    run();
    receiver.down = true;
    sender.stop();
    write("two\n");
    begin();
    run();
    Path elsewhere = Files.move(log, Files.createDirectory(folder.resolve("away")).resolve("log"));
    receiver.down = false;
    run();
    run();
    assertThat(sender.shipper.lanes()).allMatch(l -> l.problem().contains("KBN-LOGSHIP-005"));
    Files.move(elsewhere, log);
    run();

    assertThat(receiver.all()).containsExactly("one", "two");
    assertThat(sender.shipper.lanes()).allMatch(l -> l.waiting() == 0 && l.problem().isEmpty());
  }

  @Test
  void sendsAgainWhatAReceiverLostAndRecordsThatItDid() throws IOException {
    write("one\n");
    run();
    sender.stop();
    receiver.positions.clear();
    receiver.events.clear();
    begin();
    run();

    assertThat(receiver.all()).containsExactly("one");
    assertThat(sender.evidence.troubles())
        .singleElement()
        .matches(e -> e.kind() == Evidence.Kind.WENT_BACK);
  }

  @Test
  void stopsAFileWhoseContentTheReceiverContradictsAndNoOther() throws IOException {
    write("one\n");
    run();
    sender.stop();
    receiver.positions.replaceAll(
        (id, p) -> new Position(p.offset(), p.events(), Chain.of("ab".repeat(32))));
    begin();
    write("two\n");
    Files.writeString(log.resolveSibling("app.log.1"), "other\n");
    run();

    assertThat(receiver.all()).containsExactly("one", "other");
    assertThat(sender.shipper.lanes()).anyMatch(l -> l.problem().contains("KBN-LOGSHIP-004"));
  }

  @Test
  void stopsAFileThatIsRefusedAndSaysSo() throws IOException {
    receiver.refusing = true;
    write("one\n");
    run();

    assertThat(sender.shipper.lanes())
        .singleElement()
        .matches(l -> l.problem().contains("KBN-LOGSHIP-006"));
  }

  @Test
  void recordsWhatWasStoredInAChain() throws IOException {
    write("one\n");
    run();

    assertThat(sender.evidence.size()).isEqualTo(1);
    assertThat(sender.evidence.verify()).isEmpty();
    assertThat(sender.evidence.troubles()).isEmpty();
  }

  @Test
  void recordsWhatWasStoredBeforeAKillWithWhatComesNext() throws IOException {
    // given something that was remembered as stored, and not recorded yet
    write("one\n");
    run();
    write("two\n");
    sender.run();
    now = now.plusSeconds(2);
    sender.run();
    sender.kill();

    // when
    begin();
    write("three\n");
    run();

    // then
    List<Long> places = new ArrayList<>();
    sender.evidence.read(e -> places.addAll(List.of(e.from(), e.to(), e.events())));
    assertThat(places).containsExactly(0L, 4L, 1L, 4L, 14L, 2L);
  }
}
