package org.kiban.route.wall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.icegreen.greenmail.util.GreenMail;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.Exchange;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each component of routes, inside the wall, against a real server. */
class ComponentsTest {

  private static final int SECONDS = 20;
  private static TestIdentity identity;

  @TempDir static Path shared;
  @TempDir Path root;
  @TempDir Path remote;
  private Yard yard;

  @BeforeAll
  static void givenACertificate() throws Exception {
    identity = TestIdentity.in(shared);
  }

  @BeforeEach
  void givenAYard() throws Exception {
    yard = new Yard(root, identity);
    yard.secret("password", Servers.PASSWORD);
  }

  @AfterEach
  void close() {
    yard.close();
  }

  @Test
  void filesAreTakenWrittenAndMoved() throws Exception {
    Files.createDirectories(yard.files().resolve("in"));
    Files.writeString(yard.files().resolve("in").resolve("a.txt"), "一");

    await(
        "from: {uri: 'file:in?initialDelay=0&delay=100', steps: [{to: 'file:{{folder:files}}/out'}]}");

    assertThat(yard.files().resolve("out").resolve("a.txt")).hasContent("一");
    assertThat(yard.files().resolve("in").resolve(".camel").resolve("a.txt")).exists();
  }

  @Test
  void aMountIsAFolderToo() throws Exception {
    yard.mount("nas", remote);

    send("to: 'file:{{folder:nas}}/deep?fileName=b.txt'", "二");

    assertThat(remote.resolve("deep").resolve("b.txt")).hasContent("二");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sftp", "ftp"})
  void filesGoToAServerAndComeBack(String scheme) throws Exception {
    try (Servers.Running server =
        scheme.equals("ftp") ? Servers.ftp(remote) : Servers.sftp(remote)) {
      yard.partner(scheme, scheme + "://127.0.0.1:" + server.port());
      String host = "{{partner:031." + scheme + ".host}}:{{partner:031." + scheme + ".port}}";
      String uri =
          scheme
              + "://kurashiki@"
              + host
              + "/box?password=RAW({{secret:password}})"
              + (scheme.equals("ftp") ? "&passiveMode=true" : "");

      send("to: '" + uri + "&fileName=c.txt'", "三");
      assertThat(remote.resolve("box").resolve("c.txt")).hasContent("三");

      await("from: {uri: '" + uri + "&delete=true&initialDelay=0', steps: [{to: 'file:back'}]}");
      assertThat(yard.files().resolve("back").resolve("c.txt")).hasContent("三");
      assertThat(remote.resolve("box").resolve("c.txt")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "sjms", "sjms2"})
  void messagesGoThroughTheBroker(String component) throws Exception {
    EmbeddedActiveMQ broker = Servers.broker(72);
    try {
      yard.broker(Servers.connections(72));
      String queue = component + ":queue:{{code}}.q";
      DefaultCamelContext context =
          yard.run(
              Yard.yaml(
                  "- route: {id: take, from: {uri: '"
                      + queue
                      + "?transacted=true', steps:"
                      + " [{to: 'file:out?fileName=m.txt'}]}}\n"
                      + "- route: {from: {uri: 'direct:in', steps: [{to: '"
                      + queue
                      + "'}]}}\n"));
      NotifyBuilder done = new NotifyBuilder(context).fromRoute("take").whenDone(1).create();

      context.createProducerTemplate().sendBody("direct:in", "四");

      assertThat(done.matches(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(yard.files().resolve("out").resolve("m.txt")).hasContent("四");
    } finally {
      yard.close();
      broker.stop();
    }
  }

  @Test
  void sqlAndJdbcReachTheMunicipalitysDatabase() throws Exception {
    send("to: 'sql:CREATE TABLE t (a INT, b VARCHAR(9))'", "");
    send("to: 'sql:INSERT INTO t VALUES (:#${header.a}, :#${body})'", "五", Map.of("a", 5));
    Exchange read = send("to: 'sql:SELECT * FROM t'", "");
    Exchange read2 =
        send(
            "pipeline: {steps: [{setBody: {constant: 'SELECT a FROM t'}}, {to: 'jdbc:database'}]}",
            "");

    assertThat(read.getMessage().getBody()).isEqualTo(List.of(row("A", 5, "B", "五")));
    assertThat(read2.getMessage().getBody()).asInstanceOf(LIST).hasSize(1);
  }

  @Test
  void whatWasSeenIsRememberedInTheDatabase() throws Exception {
    String step =
        "idempotentConsumer: {idempotentRepository: '#idempotent-orders', simple: '${header.n}',"
            + " steps: [{to: 'file:once?fileExist=Append&fileName=all.txt'}]}";
    send(step, "a", Map.of("n", "1"));
    send(step, "b", Map.of("n", "1"));
    send(step, "c", Map.of("n", "2"));

    assertThat(yard.files().resolve("once").resolve("all.txt")).hasContent("ac");
  }

  @Test
  void timersFire() throws Exception {
    await(
        "from: {uri: 'timer:t?delay=0&repeatCount=1', steps: [{setBody: {constant: x}}, {to: 'file:t?fileName=t'}]}");
    await(
        "from: {uri: 'quartz:g/n?cron=0/1+*+*+*+*+?&trigger.timeZone=Asia/Tokyo', steps: [{setBody: {constant: x}}, {to: 'file:t?fileName=q'}]}");

    assertThat(yard.files().resolve("t"))
        .isDirectoryContaining("glob:**/t")
        .isDirectoryContaining("glob:**/q");
  }

  @Test
  void twoContextsNeverShareASchedulerOfQuartz() throws Exception {
    String text = "- route: {from: {uri: 'quartz:g/n?cron=0/1+*+*+*+*+?', steps: [{log: x}]}}\n";
    DefaultCamelContext first = yard.run(Yard.yaml(text));
    DefaultCamelContext second = yard.run(Yard.yaml(text));
    NotifyBuilder done = new NotifyBuilder(second).whenDone(2).create();

    first.stop();

    assertThat(done.matches(SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void dataIsConverted() throws Exception {
    Exchange csv =
        send("unmarshal: {csv: {useMaps: true, captureHeaderRecord: true}}", "a,b\n1,六\n");
    assertThat(csv.getMessage().getBody()).isEqualTo(List.of(row("a", "1", "b", "六")));

    Exchange json = send("unmarshal: {json: {}}", "{\"a\":{\"b\":[1,2]}}");
    assertThat(json.getMessage().getBody()).isEqualTo(Map.of("a", Map.of("b", List.of(1, 2))));

    Exchange path = send("setBody: {jsonpath: {expression: '$.a.b[1]'}}", "{\"a\":{\"b\":[1,2]}}");
    assertThat(path.getMessage().getBody(Integer.class)).isEqualTo(2);

    Exchange simple =
        send(
            "pipeline: {steps: [{unmarshal: {json: {}}}, {setBody: {simple: '${body[a][b][1]} ${body.size} ${header.h.length}'}}]}",
            "{\"a\":{\"b\":[1,2]}}",
            Map.of("h", "xyz"));
    assertThat(simple.getException()).isNull();
    assertThat(simple.getMessage().getBody(String.class)).isEqualTo("2 1 3");

    Exchange xpath =
        send(
            "setBody: {xpath: {expression: '/a/b/text()', resultType: String}}", "<a><b>七</b></a>");
    assertThat(xpath.getMessage().getBody(String.class)).isEqualTo("七");

    Exchange grouped =
        send(
            "split: {jsonpath: {expression: '$[*]'}, aggregationStrategy: '#grouped', steps: [{log: x}]}",
            "[1,2,3]");
    assertThat(grouped.getMessage().getBody()).asInstanceOf(LIST).hasSize(3);
  }

  @Test
  void dataIsPackedAndEncrypted() throws Exception {
    yard.secret("aes", Base64.getEncoder().encodeToString(new byte[32]));
    for (String format : List.of("zipFile: {}", "zipDeflater: {}", "gzipDeflater: {}")) {
      Exchange there = send("marshal: {" + format + "}", "八八八", Map.of("CamelFileName", "x.txt"));
      byte[] packed = there.getMessage().getBody(byte[].class);
      Exchange back = send("unmarshal: {" + format + "}", packed);
      assertThat(packed).as(format).isNotEqualTo("八八八".getBytes(UTF_8));
      assertThat(back.getMessage().getBody(String.class)).as(format).isEqualTo("八八八");
    }
    String crypto =
        "crypto: {algorithm: 'AES/ECB/PKCS5Padding', key: secret-aes, shouldAppendHMAC: true}";
    byte[] sealed = send("marshal: {" + crypto + "}", "九").getMessage().getBody(byte[].class);
    assertThat(send("unmarshal: {" + crypto + "}", sealed).getMessage().getBody(String.class))
        .isEqualTo("九");
  }

  @Test
  void xmlIsTransformedAndValidated() throws Exception {
    Files.writeString(
        yard.beside().resolve("t.xsl"),
        "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
            + "<xsl:template match='/'><z><xsl:value-of select='/a'/></z></xsl:template></xsl:stylesheet>");
    Files.writeString(
        yard.beside().resolve("t.xsd"),
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='xs:int'/></xs:schema>");

    assertThat(send("to: 'xslt:t.xsl'", "<a>1</a>").getMessage().getBody(String.class))
        .contains("<z>1</z>");
    assertThat(send("to: 'validator:t.xsd'", "<a>1</a>").getException()).isNull();
    assertThat(send("to: 'validator:t.xsd'", "<a>x</a>").getException()).isNotNull();
  }

  @Test
  void httpsTrustsTheNodesAuthorities() throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      yard.partner("https", "https://localhost:" + server.getAddress().getPort());
      Exchange answer = send("to: '{{partner:031.https}}/echo?httpMethod=POST'", "十");
      assertThat(answer.getException()).isNull();
      assertThat(answer.getMessage().getBody(String.class)).isEqualTo("十");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void mailIsSentAndFetched() throws Exception {
    GreenMail mail = Servers.mail();
    try {
      yard.partner("smtp", "127.0.0.1:" + mail.getSmtp().getPort());
      yard.partner("imap", "127.0.0.1:" + mail.getImap().getPort());
      Exchange sent =
          send(
              "to: 'smtp://{{partner:031.smtp}}?to=kurashiki@example.jp&from=a@example.jp&subject=件名&contentType=text/plain;charset=UTF-8'",
              "本文");
      assertThat(sent.getException()).isNull();
      await(
          "from: {uri: 'imap://{{partner:031.imap}}?username=kurashiki&password=RAW({{secret:password}})&initialDelay=0&delay=200', steps: [{to: 'file:mail?fileName=m.txt'}]}");
      assertThat(Files.readString(yard.files().resolve("mail").resolve("m.txt"))).contains("本文");
    } finally {
      mail.stop();
    }
  }

  @Test
  void objectsAreStoredAndFetched() throws Exception {
    try (Servers.Running server = Servers.s3()) {
      yard.partner("s3", "http://127.0.0.1:" + server.port());
      yard.secret("s3", "secret");
      String uri =
          "aws2-s3://box?accessKey=kurashiki&secretKey=RAW({{secret:s3}})&region=us-east-1"
              + "&uriEndpointOverride={{partner:031.s3}}&overrideEndpoint=true&autoCreateBucket=true";
      Exchange sent = send("to: '" + uri + "'", "十一", Map.of("CamelAwsS3Key", "a/b.txt"));
      assertThat(sent.getException()).isNull();
      await(
          "from: {uri: '"
              + uri
              + "&deleteAfterRead=true&initialDelay=0', steps: [{to: 'file:s3?fileName=o.txt'}]}");
      assertThat(yard.files().resolve("s3").resolve("o.txt")).hasContent("十一");
    }
  }

  private Exchange send(String step, Object body) throws Exception {
    return send(step, body, Map.of());
  }

  private Exchange send(String step, Object body, Map<String, Object> headers) throws Exception {
    return yard.send(
        Yard.yaml("- route: {from: {uri: 'direct:in', steps: [{" + step + "}]}}\n"), body, headers);
  }

  /** Runs a route until one message went through. */
  private void await(String route) throws Exception {
    DefaultCamelContext context = yard.load(Yard.yaml("- route: {" + route + "}\n"));
    NotifyBuilder done = new NotifyBuilder(context).whenCompleted(1).create();
    context.getRouteController().startAllRoutes();
    assertThat(done.matches(SECONDS, TimeUnit.SECONDS)).as(route).isTrue();
    context.stop();
  }

  private static Map<String, Object> row(String a, Object first, String b, Object second) {
    Map<String, Object> row = new HashMap<>();
    row.put(a, first);
    row.put(b, second);
    return row;
  }
}
