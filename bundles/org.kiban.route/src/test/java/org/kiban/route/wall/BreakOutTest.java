package org.kiban.route.wall;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kiban.core.KibanException;

/**
 * Every attempt runs as a route in a walled context, and is refused; and nothing happened: no byte
 * of others changed or came in, and no stranger was called.
 */
class BreakOutTest {

  private static final String CANARY = "CANARY-7c1e";
  private static final int BROKER = 71;
  private static TestIdentity identity;
  private static EmbeddedActiveMQ broker;

  @TempDir static Path shared;
  @TempDir Path root;
  private Yard yard;
  private Path outside;
  private HttpServer stranger;
  private HttpServer friend;
  private final AtomicInteger calls = new AtomicInteger();
  private Map<String, String> before;

  @BeforeAll
  static void givenACertificateAndABroker() throws Exception {
    identity = TestIdentity.in(shared);
    broker = Servers.broker(BROKER);
    System.setProperty("canary", CANARY);
  }

  @AfterAll
  static void stop() throws Exception {
    System.clearProperty("canary");
    broker.stop();
  }

  @BeforeEach
  void givenAYardWithNeighbours() throws IOException {
    yard = new Yard(root, identity);
    // It lets anybody in, so that what holds is the wall and not its log-in.
    yard.broker(Servers.connections(BROKER));
    outside = Files.createDirectories(root.resolve("outside"));
    Files.writeString(outside.resolve("canary.txt"), CANARY);
    Files.writeString(yard.neighboursFiles().resolve("theirs.txt"), CANARY);
    Files.createSymbolicLink(yard.files().resolve("link"), outside);
    Files.createDirectories(yard.files().resolve("out"));
    Files.createSymbolicLink(yard.files().resolve("out").resolve("link"), outside);
    Files.writeString(yard.files().resolve("out").resolve("a"), "old");
    stranger = server(exchange -> answer(exchange, CANARY));
    friend =
        server(
            exchange -> {
              if (exchange.getRequestURI().getPath().equals("/redirect")) {
                exchange.getResponseHeaders().add("Location", "http://localhost:" + port() + "/");
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
              } else {
                answer(exchange, "hello");
              }
            });
    sheets();
    Files.createDirectories(yard.files().resolve("zips"));
    try (ZipOutputStream zip =
        new ZipOutputStream(
            Files.newOutputStream(yard.files().resolve("zips").resolve("evil.zip")))) {
      zip.putNextEntry(new ZipEntry("../../../../../outside/pwned"));
      zip.write(1);
    }
    calls.set(0);
    yard.partner("http", "http://localhost:" + friend.getAddress().getPort());
    before = others();
  }

  @AfterEach
  void close() {
    yard.close();
    stranger.stop(0);
    friend.stop(0);
  }

  static List<Attempts.Attempt> attempts() {
    return Attempts.all();
  }

  @ParameterizedTest
  @MethodSource("attempts")
  void isRefusedAndNothingHappens(Attempts.Attempt attempt) throws Exception {
    Throwable refusal;
    String result = "";
    try {
      Exchange exchange =
          yard.send(
              attempt.xml()
                  ? Yard.xml(placed(attempt.route()))
                  : Yard.yaml(placed(attempt.route())),
              "PWNED",
              placed(attempt.headers()));
      refusal = exchange.getException();
      result = text(exchange.getMessage());
    } catch (Exception e) {
      refusal = e;
    }

    assertThat(others()).isEqualTo(before);
    assertThat(broker.getActiveMQServer().getPostOffice().getAllBindings().toList().toString())
        .doesNotContain("372013");
    assertThat(calls).hasValue(0);
    assertThat(result).doesNotContain(CANARY);
    assertThat(tree(yard.files())).doesNotContainValue(CANARY);
    if (attempt.code() != null) {
      assertThat(codes(refusal)).as(String.valueOf(refusal)).contains(attempt.code().code());
    }
    if (refusal == null) {
      assertThat(attempt.code()).isNull();
      assertThat(MAY_END_WELL).as(attempt.name() + " " + result).contains(attempt.name());
    }
  }

  /** What need not fail, because it does something harmless instead of what was tried. */
  private static final List<String> MAY_END_WELL =
      List.of(
          "move a file out after reading it",
          "let XSLT reach out: import.xsl",
          "expand an entity: to: 'xslt:copy.xsl'",
          "read a secret of the neighbour as a resource",
          "stylesheet that loads over the network",
          "move before reading",
          "look below a link");

  @Test
  void thereAreEnoughOfThem() {
    assertThat(Attempts.all()).hasSizeGreaterThan(100);
  }

  private void sheets() throws IOException {
    String head = "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' ";
    sheet(
        "java.xsl",
        head
            + "xmlns:r='http://xml.apache.org/xalan/java/java.lang.System'><xsl:template match='/'>"
            + "<a><xsl:value-of select=\"r:getProperty('canary')\"/></a></xsl:template>"
            + "</xsl:stylesheet>");
    sheet(
        "document.xsl",
        head
            + "><xsl:template match='/'><a><xsl:copy-of select=\"document('file:OUTSIDE/doc.xml')\"/>"
            + "</a></xsl:template></xsl:stylesheet>");
    Files.writeString(outside.resolve("doc.xml"), "<c>" + CANARY + "</c>");
    sheet(
        "write.xsl",
        head
            + "xmlns:redirect='http://xml.apache.org/xalan/redirect'"
            + " extension-element-prefixes='redirect'><xsl:template match='/'>"
            + "<redirect:write file='OUTSIDE/pwned'><a/></redirect:write></xsl:template>"
            + "</xsl:stylesheet>");
    sheet("import.xsl", head + "><xsl:import href='file:OUTSIDE/canary.xsl'/></xsl:stylesheet>");
    sheet(
        "copy.xsl",
        head
            + "><xsl:template match='/'><xsl:copy-of select='.'/></xsl:template></xsl:stylesheet>");
    sheet(
        "any.xsd",
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a'/></xs:schema>");
    sheet("network.xsl", head + "><xsl:import href='http://localhost:PORT/x'/></xsl:stylesheet>");
    sheet("include.xsd", schemaIncluding("file:OUTSIDE/canary.xsd"));
    sheet("network.xsd", schemaIncluding("http://localhost:PORT/x"));
    Files.writeString(
        outside.resolve("canary.xsd"),
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='canary'/></xs:schema>");
    Files.writeString(
        outside.resolve("canary.xsl"),
        head + "><xsl:template match='/'><a>" + CANARY + "</a></xsl:template></xsl:stylesheet>");
  }

  private static String schemaIncluding(String place) {
    return "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='"
        + place
        + "'/></xs:schema>";
  }

  private void sheet(String name, String text) throws IOException {
    Files.writeString(yard.beside().resolve(name), placed(text));
  }

  private int port() {
    return stranger.getAddress().getPort();
  }

  private String placed(String text) {
    return text.replace("OUTSIDE", outside.toString())
        .replace("THEIRS", yard.neighboursFiles().toString())
        .replace("PORT", String.valueOf(port()))
        .replace("FRIEND", String.valueOf(friend == null ? 0 : friend.getAddress().getPort()));
  }

  private Map<String, Object> placed(Map<String, String> headers) {
    Map<String, Object> placed = new TreeMap<>();
    headers.forEach((name, value) -> placed.put(name, placed(value)));
    return placed;
  }

  private static String text(Message message) {
    return message.getBody(String.class) + message.getHeaders();
  }

  private static List<String> codes(Throwable failure) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause)
        .filter(KibanException.class::isInstance)
        .map(t -> ((KibanException) t).code().code())
        .toList();
  }

  /** All that is not this municipality's, except what databases keep open. */
  private Map<String, String> others() throws IOException {
    Map<String, String> all = tree(root);
    all.keySet().removeIf(name -> name.startsWith("var/332020/"));
    return all;
  }

  private Map<String, String> tree(Path top) throws IOException {
    try (Stream<Path> found = Files.walk(top)) {
      return found
          .filter(p -> !p.equals(top))
          .collect(
              Collectors.toMap(
                  p -> top.relativize(p).toString(),
                  BreakOutTest::content,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String content(Path path) {
    try {
      return Files.isRegularFile(path)
          ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer server(com.sun.net.httpserver.HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.start();
    return server;
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    if (body.equals(CANARY)) {
      calls.incrementAndGet();
    }
    exchange.sendResponseHeaders(200, body.length());
    exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }
}
