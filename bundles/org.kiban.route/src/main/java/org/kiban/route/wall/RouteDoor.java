package org.kiban.route.wall;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.osgi.service.component.annotations.Component;

/**
 * The way in over HTTPS: {@code /routes/<code>/<path>} of the node's one listener. Callers log in
 * as a user with role integrate (or admin) and the municipality's role. While a route is being
 * swapped they are told to come again.
 */
@Component(
    service = {Servlet.class, RouteDoor.class},
    property = "osgi.http.whiteboard.servlet.pattern=/routes/*")
public final class RouteDoor extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String RETRY_SECONDS = "2";

  private final transient List<HttpIntake> intakes = new CopyOnWriteArrayList<>();
  private final transient Callers callers;

  /** For the container. */
  public RouteDoor() {
    this(new Callers("karaf"));
  }

  RouteDoor(Callers callers) {
    this.callers = callers;
  }

  /**
   * Opens a path.
   *
   * @throws KibanException (refused) if another route serves it
   */
  synchronized void open(HttpIntake intake) {
    for (HttpIntake other : intakes) {
      if (other != intake && other.clashes(intake)) {
        throw new KibanException(Outcome.REFUSED, WallMessage.HTTP_TAKEN, intake.path());
      }
    }
    intakes.remove(intake);
    intakes.add(intake);
  }

  void close(HttpIntake intake) {
    intakes.remove(intake);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String[] parts = Optional.ofNullable(request.getPathInfo()).orElse("/").split("/", 3);
    if (parts.length < 3 || !MunicipalityCode.isValid(parts[1])) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    MunicipalityCode code = new MunicipalityCode(parts[1]);
    if (!callers.mayEnter(code, request.getHeader("Authorization"))) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"kiban\", charset=\"UTF-8\"");
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    List<HttpIntake> there =
        intakes.stream().filter(i -> i.serves(code, parts[2])).sorted(mostExact()).toList();
    Optional<HttpIntake> found =
        there.stream().filter(i -> i.takes(request.getMethod())).findFirst();
    if (found.isPresent()) {
      found.get().accept(parts[2], request, response);
    } else if (there.isEmpty()) {
      // Perhaps between two versions: nothing else tells a swap from a path that never was.
      response.setHeader("Retry-After", RETRY_SECONDS);
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else {
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
  }

  private static Comparator<HttpIntake> mostExact() {
    return Comparator.comparing(HttpIntake::variables)
        .thenComparing(i -> i.path().length(), Comparator.reverseOrder());
  }
}
