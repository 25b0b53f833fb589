package org.kiban.platform.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets; the proxies are scripts of what one says. */
@Timeout(20)
class ProxyRelayTest {

  private static final String BANNER = "SSH-2.0-somebody\r\n";

  /** What a proxy does with the one who comes. */
  private interface Script {
    String play(Socket client) throws IOException;
  }

  private final ServerSocket door = open();
  private CompletableFuture<String> asked = new CompletableFuture<>();

  private static ServerSocket open() {
    try {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Proxy proxy(Proxy.Type type, Script script) {
    asked =
        CompletableFuture.supplyAsync(
            () -> {
              try (door;
                  Socket client = door.accept()) {
                return script.play(client);
              } catch (IOException e) {
                return e.toString();
              }
            });
    return new Proxy(type, new InetSocketAddress("127.0.0.1", door.getLocalPort()));
  }

  private static String request(Socket client) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    InputStream in = client.getInputStream();
    while (!read.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      read.write(in.read());
    }
    return read.toString(StandardCharsets.US_ASCII);
  }

  private static String answer(Socket client, String answer) throws IOException {
    String request = request(client);
    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    return request;
  }

  private static String heard(InetSocketAddress relay) throws IOException {
    try (Socket near = new Socket(relay.getAddress(), relay.getPort())) {
      return new String(near.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void whatTheServerSaysInTheSameBreathAsTheProxyIsHeard() throws Exception {
    Proxy proxy =
        proxy(
            Proxy.Type.HTTP,
            c -> answer(c, "HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n" + BANNER));

    String heard = heard((InetSocketAddress) ProxyRelay.to(proxy, "far.example", 22));

    assertThat(heard).isEqualTo(BANNER);
    assertThat(asked.get(5, TimeUnit.SECONDS))
        .isEqualTo("CONNECT far.example:22 HTTP/1.1\r\nHost: far.example:22\r\n\r\n");
  }

  @Test
  void anAddressWithColonsStandsInBrackets() throws Exception {
    Proxy proxy = proxy(Proxy.Type.HTTP, c -> answer(c, "HTTP/1.0 200\r\n\r\n" + BANNER));

    heard((InetSocketAddress) ProxyRelay.to(proxy, "2001:db8::7", 2022));

    assertThat(asked.get(5, TimeUnit.SECONDS)).startsWith("CONNECT [2001:db8::7]:2022 HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 403 Forbidden', 'it answers: HTTP/1.1 403 Forbidden'",
    "'HTTP/1.1 407 Proxy Authentication Required', 'it answers: HTTP/1.1 407'",
    "'SSH-2.0-no_proxy_at_all', 'it answers: SSH-2.0'",
  })
  void aProxyThatRefusesIsNamedWithItsAnswer(String status, String told) {
    Proxy proxy = proxy(Proxy.Type.HTTP, c -> answer(c, status + "\r\n\r\n"));

    assertThatThrownBy(() -> ProxyRelay.to(proxy, "far.example", 22))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + door.getLocalPort())
        .hasMessageContaining("far.example:22")
        .hasMessageContaining(told);
  }

  @Test
  void anAnswerWithoutEndIsNotReadWithoutEnd() {
    Proxy proxy =
        proxy(Proxy.Type.HTTP, c -> answer(c, "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(9_000)));

    assertThatThrownBy(() -> ProxyRelay.to(proxy, "far.example", 22))
        .hasMessageContaining("longer than");
  }

  @Test
  void aProxyThatHangsUpIsTold() {
    Proxy proxy = proxy(Proxy.Type.HTTP, c -> answer(c, "HTTP/1.1 200 OK\r\n"));

    assertThatThrownBy(() -> ProxyRelay.to(proxy, "far.example", 22))
        .hasMessageContaining("hung up");
  }

  @ParameterizedTest
  @ValueSource(strings = {"far.example\r\nX-Evil: 1", "a b", "user@far", "far/"})
  void aHostThatWouldChangeTheRequestIsNotAsked(String host) {
    Proxy proxy = proxy(Proxy.Type.HTTP, ProxyRelayTest::request);

    assertThatThrownBy(() -> ProxyRelay.to(proxy, host, 22)).hasMessageContaining("no name");
  }

  @Test
  void aSocksProxyIsAskedForTheNameItself() throws Exception {
    Proxy proxy =
        proxy(
            Proxy.Type.SOCKS,
            client -> {
              DataInputStream in = new DataInputStream(client.getInputStream());
              in.readByte();
              in.readFully(new byte[in.readByte()]);
              client.getOutputStream().write(new byte[] {5, 0});
              in.readFully(new byte[4]);
              byte[] name = new byte[in.readByte()];
              in.readFully(name);
              int port = in.readUnsignedShort();
              client.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 22});
              client.getOutputStream().write(BANNER.getBytes(StandardCharsets.US_ASCII));
              return new String(name, StandardCharsets.US_ASCII) + ":" + port;
            });

    String heard = heard((InetSocketAddress) ProxyRelay.to(proxy, "far.example", 22));

    assertThat(heard).isEqualTo(BANNER);
    assertThat(asked.get(5, TimeUnit.SECONDS)).isEqualTo("far.example:22");
  }
}
