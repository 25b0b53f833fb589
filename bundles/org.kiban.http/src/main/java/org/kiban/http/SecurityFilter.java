package org.kiban.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Before every servlet of the node: headers that browsers obey, and no TRACE. */
@Component(
    service = Filter.class,
    property = {
      "osgi.http.whiteboard.filter.pattern=/*",
      "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=*)",
      "service.ranking:Integer=10000"
    })
public final class SecurityFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final Set<String> REFUSED = Set.of("TRACE", "TRACK", "CONNECT");
  private static final Map<String, String> HEADERS =
      Map.of(
          "Strict-Transport-Security", "max-age=31536000",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'",
          "Cache-Control", "no-store");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HEADERS.forEach(response::setHeader);
    if (REFUSED.contains(request.getMethod())) {
      response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    chain.doFilter(request, response);
  }
}
