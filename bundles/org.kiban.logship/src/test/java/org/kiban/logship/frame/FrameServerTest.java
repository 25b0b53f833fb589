package org.kiban.logship.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.logship.frame.FrameSink.Fate;
import org.kiban.logship.tls.Peer;
import org.kiban.logship.tls.TestNode;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

class FrameServerTest {

  private static final Lane LANE = new Lane("log", "chosha", "0123456789abcdef0123456789abcdef");

  @TempDir private static Path pki;
  private static TestNode cloud;
  private static TestNode chosha;
  private static TestNode stranger;

  @TempDir private Path directory;
  private FrameStore store;
  private FrameServer server;

  @BeforeAll
  static void certificates() throws Exception {
    cloud = TestNode.in(pki, "cloud");
    chosha = TestNode.in(pki, "chosha");
    stranger = TestNode.in(pki.resolve("elsewhere"), "chosha");
  }

  @BeforeEach
  void serve() throws IOException {
    store =
        new FrameStore(
            Files.createDirectories(directory.resolve("store")),
            new JournalsComponent(new DurableFilesComponent()),
            new SecretKeySpec(new byte[32], "AES"),
            new FrameStore.Room(1 << 30, 1 << 20));
    serve(store);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    store.close();
  }

  @Test
  void takesFramesBeforeItAnsweredTheOnesBefore() throws Exception {
    List<CompletableFuture<Fate>> fates = new ArrayList<>();
    Mark mark = Mark.START;
    try (FrameClient client = client(chosha)) {
      assertThat(client.mark(LANE)).isEqualTo(Mark.START);
      for (int i = 0; i < 200; i++) {
        Frame frame = Frames.next(LANE, mark, "行 " + i + "\n");
        fates.add(client.send(frame));
        mark = frame.after();
      }
      assertThat(client.mark(LANE)).isEqualTo(mark);
    }
    assertThat(fates).allSatisfy(f -> assertThat(f).isCompletedWithValue(Fate.STORED));
    assertThat(store.mark(LANE)).isEqualTo(mark);
  }

  @Test
  void letsOnlyThoseInWhomItKnowsByNameAndAuthority() {
    assertThatThrownBy(() -> client(stranger)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client(cloud)).isInstanceOf(IOException.class);
  }

  @Test
  void isSentNothingWhenItIsSomebodyElse() {
    Peer expected = new Peer("kumo", cloud.certificate());

    assertThatThrownBy(() -> expected.connect(chosha, address()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not of kumo");
  }

  @Test
  void answersAFrameThatCannotBeStoredWithTheReason() throws Exception {
    server.close();
    serve(
        new FrameSink() {
          @Override
          public Mark mark(Lane lane) {
            return Mark.START;
          }

          @Override
          public List<Fate> store(List<Frame> frames) throws IOException {
            throw new IOException("No space left on device");
          }
        });
    try (FrameClient client = client(chosha)) {
      CompletableFuture<Fate> fate = client.send(Frames.next(LANE, Mark.START, "1\n"));

      assertThatThrownBy(() -> fate.get(20, TimeUnit.SECONDS))
          .hasMessageContaining("No space left on device");
      assertThatThrownBy(() -> client.mark(LANE)).isInstanceOf(IOException.class);
    }
  }

  private void serve(FrameSink sink) throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            Peer.context(cloud, List.of(chosha.peer()))
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    server =
        new FrameServer(
            socket, s -> (SSLSocket) s, (session, code) -> admit(session, sink), Thread::new);
  }

  private static FrameSink admit(SSLSession session, FrameSink sink) throws FrameServer.Refusal {
    try {
      if (chosha.peer().isShownBy(session)) {
        return sink;
      }
    } catch (IOException e) {
      throw new FrameServer.Refusal(e.getMessage());
    }
    throw new FrameServer.Refusal("unknown");
  }

  private FrameClient client(TestNode who) throws IOException {
    return new FrameClient(cloud.peer().connect(who, address()), "332020", Thread::new);
  }

  private InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", server.port());
  }
}
