package org.kiban.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.control.api.Frame;
import org.kiban.control.api.Request;
import org.kiban.control.api.SocketPath;

class MainTest {

  private static final Map<String, String> ENGLISH = Map.of("KIBAN_LANG", "en_US.UTF-8");

  @TempDir private Path data;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aNodeThatIsDownIsNamed() {
    assertThat(run(ENGLISH, "exec", "x:y")).isEqualTo(1);
    assertThat(err()).startsWith("KBN-CLI-001: the node is not running (" + data + ")");
  }

  @Test
  void whoDoesNotSayItsLanguageIsToldInJapanese() {
    // bin/kiban gives Java this locale to read every file name; it says nothing of the operator
    assertThat(run(Map.of("LC_ALL", "C.UTF-8"), "status")).isEqualTo(1);
    assertThat(err()).startsWith("KBN-CLI-001: ノードは起動していません");
  }

  @Test
  void aSocketOfADeadNodeIsANodeThatIsDown() throws IOException {
    listen(SocketPath.usual(data)).close();

    assertThat(run(ENGLISH, "exec", "x:y")).isEqualTo(1);
    assertThat(err()).startsWith("KBN-CLI-001");
  }

  @Test
  void wrongCallsAreUsage() {
    assertThat(run(ENGLISH, "exec")).isEqualTo(2);
    assertThat(run(ENGLISH, "exec", " ")).isEqualTo(2);
    assertThat(run(ENGLISH, "frobnicate")).isEqualTo(2);
    assertThat(run(ENGLISH, "status", "--yaml")).isEqualTo(2);
    assertThat(Main.run(new String[] {"x"}, ENGLISH, print(out), print(err))).isEqualTo(2);
    assertThat(err()).contains("KBN-CLI-006", "'municipality:list'");
  }

  @Test
  void outputErrorAndStatusAreRelayed() throws Exception {
    CompletableFuture<Request> asked =
        node(
            SocketPath.usual(data),
            text(Frame.Type.OUTPUT, "結果\n"),
            text(Frame.Type.ERROR, "警告\n"),
            Frame.exit(4));

    assertThat(run(ENGLISH, "exec", "exchange:list", "332020")).isEqualTo(4);

    assertThat(out()).isEqualTo("結果\n");
    assertThat(err()).isEqualTo("警告\n");
    assertThat(asked.get().command()).isEqualTo("exchange:list 332020");
    assertThat(asked.get().environment()).containsEntry("KIBAN_LANG", "en_US.UTF-8");
  }

  @Test
  void aPointerLeadsToASocketElsewhere() throws Exception {
    // given a node whose data directory is too deep for a socket
    Path elsewhere = data.resolve("s");
    CompletableFuture<Request> asked = node(elsewhere, Frame.exit(0));
    Files.writeString(SocketPath.pointer(data), elsewhere + "\n");

    assertThat(run(ENGLISH, "status", "--json")).isZero();
    assertThat(asked.get().command()).isEqualTo("node:status --json");
  }

  @Test
  void aNodeThatBreaksOffIsNotTakenForSuccess() throws Exception {
    node(SocketPath.usual(data), text(Frame.Type.OUTPUT, "half"));

    assertThat(run(ENGLISH, "exec", "x:y")).isEqualTo(1);
    assertThat(err()).startsWith("KBN-CLI-003");
  }

  @Test
  void aProcessWithoutADoorIsStarting() throws IOException {
    Path pid = Files.createDirectory(data.resolve("run")).resolve("kiban.pid");
    Files.writeString(pid, ProcessHandle.current().pid() + "\n");

    assertThat(run(ENGLISH, "status")).isEqualTo(1);
    assertThat(err()).startsWith("KBN-CLI-004");
  }

  @Test
  void aNodeWithoutItsStatusCommandIsStarting() throws Exception {
    node(SocketPath.usual(data), text(Frame.Type.ERROR, "unknown command"), Frame.exit(2));

    assertThat(run(ENGLISH, "status")).isEqualTo(1);
    assertThat(err()).startsWith("KBN-CLI-004").doesNotContain("unknown command");
  }

  /** Answers one client and ends. */
  private CompletableFuture<Request> node(Path socket, Frame... answer) throws IOException {
    ServerSocketChannel server = listen(socket);
    return CompletableFuture.supplyAsync(
        () -> {
          try (server;
              SocketChannel client = server.accept()) {
            Request request = Request.of(Frame.readFrom(client));
            for (Frame frame : answer) {
              frame.writeTo(client);
            }
            return request;
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private ServerSocketChannel listen(Path socket) throws IOException {
    Files.createDirectories(SocketPath.directory(data));
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  private static Frame text(Frame.Type type, String text) {
    return new Frame(type, text.getBytes(StandardCharsets.UTF_8));
  }

  private int run(Map<String, String> environment, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = data.toString();
    System.arraycopy(args, 0, all, 1, args.length);
    return Main.run(all, environment, print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
