package org.kiban.route.wall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.MessageCode;
import org.kiban.route.check.FileChecker;
import org.kiban.route.check.Finding;

/** What the check finds, in which line; and that it starts nothing. */
class CheckTest {

  private static TestIdentity identity;

  @TempDir static Path shared;
  @TempDir Path root;
  private Yard yard;
  private FileChecker checker;

  @BeforeAll
  static void givenACertificate() throws Exception {
    identity = TestIdentity.in(shared);
  }

  @BeforeEach
  void givenAYard() throws Exception {
    yard = new Yard(root, identity);
    yard.secret("sftp", "TOP-SECRET");
    yard.partner("sftp", "sftp://10.0.0.5:22");
    checker = new FileChecker(yard, yard);
  }

  @AfterEach
  void close() {
    yard.close();
  }

  @Test
  void findsNothingInARightFile() {
    List<Finding> yaml =
        checker.check(
            Yard.yaml(
                """
                - route:
                    id: in
                    from:
                      uri: "file:in"
                      parameters: {delay: 1000, recursive: true}
                      steps:
                        - idempotentConsumer:
                            idempotentRepository: "#idempotent"
                            simple: "${header.CamelFileName}"
                            steps:
                              - to: "jms:queue:{{code}}.in"
                        - to:
                            uri: "sftp://u@{{partner:031.host}}/box"
                            parameters: {password: "RAW({{secret:sftp}})"}
                """));
    List<Finding> xml =
        checker.check(
            Yard.xml(
                """
                <routes>
                  <route id="x">
                    <from uri="timer:t"/>
                    <choice>
                      <when><simple>${body} == 'a'</simple><to uri="direct:a"/></when>
                    </choice>
                  </route>
                </routes>
                """));

    assertThat(shown(yaml)).isEmpty();
    assertThat(shown(xml)).isEmpty();
    assertThat(yard.files().resolve("in")).doesNotExist();
  }

  @Test
  void namesTheLineOfEachFault() {
    List<Finding> findings =
        checker.check(
            Yard.yaml(
                """
                - route:
                    from:
                      uri: "timer:t?perod=5"
                      steps:
                        - to: "nosuch:x"
                        - to: "file:/etc"
                        - toD: "jms:queue:372013.x"
                        - setBody:
                            simple: "${sys.user.home}"
                        - aggregate:
                            aggregationStrategy: "#nobody"
                            completionSize: 1
                            correlationExpression: {constant: 1}
                            steps:
                              - to: "sftp://u@10.0.0.5/x?passwrd={{secret:sftp}}"
                        - setHeader:
                            name: a
                            groovy: "1"
                """
                    .replace("groovy: \"1\"", "simple: \"${body[\"")));

    assertThat(lines(findings)).contains(3, 5, 6, 8, 11, 15);
    assertThat(codes(findings))
        .contains(
            WallMessage.UNKNOWN_OPTION.code(),
            WallMessage.FORBIDDEN_COMPONENT.code(),
            WallMessage.FORBIDDEN_FOLDER.code(),
            WallMessage.FORBIDDEN_EXPRESSION.code(),
            WallMessage.MISSING_BEAN.code());
    assertThat(shown(findings).toString())
        .contains("perod", "of timer", "passwrd", "test.camel.yaml:5");
    assertThat(shown(findings).toString()).doesNotContain("TOP-SECRET");
  }

  @Test
  void refusesCodeBeforeCamelReadsIt() {
    one("- beans: [{name: b, type: java.lang.Object}]\n", 1, WallMessage.FORBIDDEN_STEP);
    one(
        "- route:\n    from:\n      uri: direct:a\n      steps:\n        - bean: {ref: x}\n",
        5,
        WallMessage.FORBIDDEN_STEP);
    one(
        "- route:\n    from:\n      uri: direct:a\n      steps:\n        - log: '{{secret:sftp}}'\n",
        5,
        WallMessage.FORBIDDEN_EXPRESSION);
  }

  @Test
  void namesTheLineOfASyntaxError() {
    one("- route:\n    from: [\n", 3, WallMessage.SYNTAX);
    one(
        "- route:\n    from: {uri: 'direct:a'}\n    from: {uri: 'direct:b'}\n",
        3,
        WallMessage.SYNTAX);
    one("- route:\n    form:\n      uri: 'direct:a'\n", 2, WallMessage.WRONG);
    one("", 1, WallMessage.SYNTAX);
    Finding finding = only(checker.check(Yard.xml("<routes>\n<route>\n</routes>")));
    assertThat(finding.line()).isEqualTo(3);
    Finding dtd = only(checker.check(Yard.xml("<!DOCTYPE a [<!ENTITY x 'y'>]>\n<routes/>")));
    assertThat(dtd.code().code()).isEqualTo(WallMessage.SYNTAX.code());
  }

  @Test
  void findsIdsUsedTwice() throws Exception {
    Files.writeString(
        yard.beside().resolve("other.camel.xml"),
        "<routes><route id='taken'><from uri='direct:o'/><to uri='log:x'/></route></routes>");
    String route = "- route:\n    id: %s\n    from: {uri: 'direct:%s', steps: [{to: 'log:x'}]}\n";

    Finding clash = only(checker.check(Yard.yaml(route.formatted("taken", "a"))));
    assertThat(clash.line()).isEqualTo(2);
    assertThat(clash.text(Locale.ENGLISH)).contains("other.camel.xml");
    Finding twice =
        only(checker.check(Yard.yaml(route.formatted("x", "a") + route.formatted("x", "b"))));
    assertThat(twice.line()).isEqualTo(5);
  }

  @Test
  void whatIsGoneOrNoRouteFileHoldsNoId() throws Exception {
    String route = "- route:\n    id: taken\n    from: {uri: 'direct:a', steps: [{to: 'log:x'}]}\n";
    // A link to nothing is listed and cannot be read, like a file removed in between.
    Files.createSymbolicLink(
        yard.beside().resolve("gone.camel.yaml"), yard.beside().resolve("nothing"));
    Files.writeString(yard.beside().resolve("copy.camel.yaml.camel.yaml"), route);

    assertThat(shown(checker.check(Yard.yaml(route)))).isEmpty();
  }

  @Test
  void advisesAgainstTraps() {
    List<Finding> advice =
        checker.advise(
            Yard.yaml(
                """
                - route:
                    from:
                      uri: "file:in?readLock=changed&charset=Shift_JIS"
                      steps:
                        - log: "${body}"
                        - setHeader: {name: a.b, constant: 1}
                        - to: "seda:x"
                        - to: "jms:queue:{{code}}.x"
                        - to:
                            uri: "sftp://u@h/x"
                            parameters:
                              password: "{{secret:sftp}}"
                """));

    assertThat(codes(advice))
        .containsExactlyInAnyOrder(
            WallMessage.SLOW_READ_LOCK.code(),
            WallMessage.STICKY_CHARSET.code(),
            WallMessage.BODY_IN_LOG.code(),
            WallMessage.HEADERS_OVER_JMS.code(),
            WallMessage.ONLY_IN_MEMORY.code(),
            WallMessage.BARE_SECRET.code(),
            WallMessage.UNKNOWN_HOST_KEY.code());
    assertThat(lines(advice)).contains(3, 5, 6, 7, 9, 11);
  }

  @Test
  void everyCodeHasTextsInBothLanguages() {
    for (MessageCode code : WallMessage.values()) {
      for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
        assertThat(code.text(locale, "ARG0", "ARG1")).doesNotContain(code.code(), "{0}", "{1}");
        assertThat(code.action(locale, "ARG0", "ARG1")).doesNotContain(code.code(), "{0}", "{1}");
      }
    }
  }

  private void one(String yaml, int line, WallMessage code) {
    Finding finding = only(checker.check(Yard.yaml(yaml)));
    assertThat(finding.code().code()).as(finding.text(Locale.ENGLISH)).isEqualTo(code.code());
    if (line > 0) {
      assertThat(finding.line()).as(finding.text(Locale.ENGLISH)).isEqualTo(line);
    }
  }

  private static Finding only(List<Finding> findings) {
    assertThat(shown(findings)).hasSize(1);
    return findings.get(0);
  }

  private static List<String> shown(List<Finding> findings) {
    return findings.stream().map(f -> f.text(Locale.ENGLISH)).toList();
  }

  private static List<String> codes(List<Finding> findings) {
    return findings.stream().map(f -> f.code().code()).toList();
  }

  private static List<Integer> lines(List<Finding> findings) {
    return findings.stream().map(Finding::line).toList();
  }
}
