package org.kiban.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.control.api.Frame;
import org.kiban.control.api.Request;
import org.kiban.control.api.SocketPath;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

class ControlDoorTest {

  @TempDir private Path data;

  private ControlDoor door;
  private FakeShell.Script script = (session, out) -> {};

  /** What a client got. */
  private record Answer(String out, String err, int status) {}

  @BeforeEach
  void openDoor() {
    door =
        new ControlDoor(
            FakeShell.paths(data),
            new PlainFiles(),
            FakeShell.factory((session, out) -> script.run(session, out)));
  }

  @AfterEach
  void closeDoor() throws IOException {
    door.close();
  }

  @Test
  void aCommandsOutputAndStatusComeBack() throws IOException {
    script = (session, out) -> out.println("倉敷市 " + session.get("KIBAN_LANG"));

    assertThat(ask(Map.of("KIBAN_LANG", "ja"), 80)).isEqualTo(new Answer("倉敷市 ja\n", "", 0));
  }

  @Test
  void aFailureIsPrintedInTheClientsLanguage() throws IOException {
    script =
        (session, out) -> {
          out.println("half");
          throw new KibanException(Outcome.PARTIAL, ControlMessage.INTERRUPTED);
        };

    Answer japanese = ask(Map.of("KIBAN_LANG", "ja_JP.UTF-8"), 80);
    Answer english = ask(Map.of("KIBAN_LANG", "en_US.UTF-8"), 80);

    assertThat(japanese.status()).isEqualTo(4);
    assertThat(japanese.out()).isEqualTo("half\n");
    assertThat(japanese.err()).startsWith("KBN-CONTROL-008: コマンドが中断されました");
    assertThat(english.err()).startsWith("KBN-CONTROL-008: the command was interrupted");
  }

  @Test
  void coloursGoToTerminalsOnly() throws IOException {
    script = (session, out) -> out.print("\u001b[31mred\u001b[0m");

    assertThat(ask(Map.of(), 0).out()).isEqualTo("red");
    assertThat(ask(Map.of(), 80).out()).isEqualTo("\u001b[31mred\u001b[0m");
  }

  @Test
  void moreThanAFrameComesWhole() throws IOException {
    String line = "あ".repeat(Frame.MAX_LENGTH / 2);
    script = (session, out) -> out.print(line);

    assertThat(ask(Map.of(), 0).out()).isEqualTo(line);
  }

  @Test
  void aClientThatGoesAwayInterruptsItsCommand() throws Exception {
    // given a command that waits
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    script =
        (session, out) -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
        };

    // when its client ends
    try (SocketChannel client = connect()) {
      request(Map.of(), 0).toFrame().writeTo(client);
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    }

    // then
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void manyClientsAreServedAtOnce() throws Exception {
    // given a command that ends only when all twenty run
    CountDownLatch together = new CountDownLatch(20);
    script =
        (session, out) -> {
          together.countDown();
          assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
          out.print(session.get("N"));
        };

    // when
    ExecutorService clients = Executors.newFixedThreadPool(20);
    try {
      List<Callable<Answer>> asking = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String n = String.valueOf(i);
        asking.add(() -> ask(Map.of("N", n), 0));
      }
      List<Future<Answer>> answers = clients.invokeAll(asking);

      // then everyone has its own
      for (int i = 0; i < 20; i++) {
        assertThat(answers.get(i).get()).isEqualTo(new Answer(String.valueOf(i), "", 0));
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void aClientOfAnotherVersionIsToldSo() throws IOException {
    try (SocketChannel client = connect()) {
      byte[] next = ByteBuffer.allocate(4).putInt(Request.VERSION + 1).array();
      new Frame(Frame.Type.REQUEST, next).writeTo(client);

      Answer answer = answer(client);

      assertThat(answer.status()).isEqualTo(1);
      assertThat(answer.err()).startsWith("KBN-CONTROL-003").contains("版 2", "version 2");
    }
  }

  @Test
  void whoDoesNotSpeakTheProtocolIsPutOut() throws IOException {
    try (SocketChannel client = connect()) {
      client.write(ByteBuffer.wrap("GET /".getBytes(StandardCharsets.UTF_8)));

      assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
    assertThat(ask(Map.of(), 0).status()).isZero();
  }

  @Test
  void theCommandRunsAsAnAdministrator() throws IOException {
    script = (session, out) -> out.print(FakeShell.principals());

    assertThat(ask(Map.of(), 0).out()).contains("operator@local", "admin", "manager");
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(SocketPath.usual(data)));
  }

  private static Request request(Map<String, String> environment, int columns) {
    return new Request(Request.Kind.EXEC, "x:y", environment, columns, 24);
  }

  private Answer ask(Map<String, String> environment, int columns) throws IOException {
    try (SocketChannel client = connect()) {
      request(environment, columns).toFrame().writeTo(client);
      return answer(client);
    }
  }

  private static Answer answer(SocketChannel client) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    for (Frame frame = Frame.readFrom(client); frame != null; frame = Frame.readFrom(client)) {
      if (frame.type() == Frame.Type.EXIT) {
        return new Answer(
            out.toString(StandardCharsets.UTF_8),
            err.toString(StandardCharsets.UTF_8),
            frame.number(0));
      }
      (frame.type() == Frame.Type.OUTPUT ? out : err).writeBytes(frame.content());
    }
    throw new AssertionError("no exit status");
  }
}
