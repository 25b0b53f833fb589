package org.kiban.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** {@code GET /healthz}: the process answers. */
@Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=/healthz")
public final class AliveServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Answer.json(response, HttpServletResponse.SC_OK, "{\"alive\":true}");
  }
}
