package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.kiban.route.desk.RouteDesk;
import org.kiban.route.desk.Sent;

class HelloRouteTest {

  private static RouteDesk desk() {
    return RouteDesk.of(Path.of("routes/hello.camel.yaml")).municipality("${municipality}").open();
  }

  @Test
  void everyLineReachesTheQueue() {
    try (RouteDesk desk = desk()) {
      desk.send("file:in", "一\n二", "CamelFileName", "a.csv");

      assertEquals(2, desk.sent("jms:queue:${municipality}.hello").size());
      assertEquals("二", desk.sent("jms").get(1).text());
    }
  }

  @Test
  void aFileWaitsWhileTheQueueIsAway() {
    try (RouteDesk desk = desk()) {
      desk.answer("jms", (Sent message) -> { throw new java.io.IOException("away"); });

      assertThrows(RuntimeException.class, () -> desk.send("file:in", "一"));
    }
  }
}
