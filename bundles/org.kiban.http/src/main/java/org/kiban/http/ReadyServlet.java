package org.kiban.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.kiban.core.Readiness;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code GET /readyz}: 200 if every level is reached, else 503. Says which levels, never why: who
 * may ask has not logged in.
 */
@Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=/readyz")
public final class ReadyServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Readiness readiness;

  /** Called by the component runtime. */
  @Activate
  public ReadyServlet(
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Readiness.Report report = readiness == null ? null : readiness.report();
    boolean ready = report != null && report.ready();
    Answer.json(
        response,
        ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
        body(ready, report));
  }

  private static String body(boolean ready, Readiness.Report report) {
    if (report == null) {
      return "{\"ready\":false,\"state\":\"starting\",\"levels\":{}}";
    }
    String levels =
        report.levels().stream()
            .map(level -> "\"" + level.name() + "\":" + level.reached())
            .collect(Collectors.joining(","));
    return "{\"ready\":%s,\"state\":\"%s\",\"levels\":{%s}}"
        .formatted(ready, report.state().name().toLowerCase(Locale.ROOT), levels);
  }
}
