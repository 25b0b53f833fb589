package org.kiban.route.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;

class RouteDeskTest {

  private static final Path ROUTES = Path.of("src/test/resources/routes");

  private static RouteDesk tax() {
    return RouteDesk.of(ROUTES.resolve("tax.camel.yaml"))
        .partner("031", "sftp", "sftp://10.0.0.5:2222")
        .partner("031", "https", "https://10.0.0.9")
        .secret("tax-password", "only for tests")
        .open();
  }

  @Test
  void aMessageGoesThroughTheRouteToStubs() {
    try (RouteDesk desk = tax()) {
      desk.send("sftp:10.0.0.5:2222/out", "一\n二\n三", "CamelFileName", "a.csv");

      assertThat(desk.sent("jms:queue:332020.tax"))
          .extracting(Sent::text)
          .containsExactly("一", "二", "三");
      assertThat(desk.sent("jms").get(0).headers()).containsEntry("CamelFileName", "a.csv");
    }
  }

  @Test
  void theOtherEndMayAnswerAndMayFail() {
    try (RouteDesk desk = tax()) {
      desk.answer("https:10.0.0.9/count", message -> "noted " + message.text());
      assertThat(desk.send("sftp", "1").text()).isEqualTo("noted 1");

      desk.answer(
          "jms",
          message -> {
            throw new IOException("the queue is full");
          });
      assertThatThrownBy(() -> desk.send("sftp", "2"))
          .isInstanceOf(CamelExecutionException.class)
          .hasRootCauseMessage("the queue is full");
    }
  }

  @Test
  void aCallerOverHttpGetsTheReply() {
    try (RouteDesk desk = tax()) {
      assertThat(desk.send("platform-http:/persons", null, "id", 7).text()).isEqualTo("asked 7");
    }
  }

  @Test
  void statementsReachADatabaseInMemory() throws Exception {
    try (RouteDesk desk = tax();
        var connection = desk.database().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table t (i int)");
      statement.execute("insert into t values (1), (2)");

      desk.send("timer:night", null);

      assertThat(desk.sent("file:out")).extracting(Sent::text).containsExactly("2");
    }
  }

  @Test
  void aFileThatANodeWouldRefuseIsRefusedWithItsLines() {
    assertThatThrownBy(() -> RouteDesk.of(ROUTES.resolve("wrong.camel.yaml")).open())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("wrong.camel.yaml:5")
        .hasMessageContaining("wrong.camel.yaml:6");
  }

  @Test
  void aMissingPartnerIsNamed() {
    assertThatThrownBy(() -> RouteDesk.of(ROUTES.resolve("tax.camel.yaml")).open())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("031");
  }

  @Test
  void anIntakeThatIsNotThereIsToldWithThoseThatAre() {
    try (RouteDesk desk = tax()) {
      assertThatThrownBy(() -> desk.send("file:in", "x"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("timer:night");
    }
  }
}
