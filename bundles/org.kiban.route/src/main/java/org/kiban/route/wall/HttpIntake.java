package org.kiban.route.wall;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.kiban.core.MunicipalityCode;

/** One path that a route serves; there while the route is started. */
final class HttpIntake extends DefaultConsumer implements PlatformHttpConsumer {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^/}]+)}");
  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");

  private final MunicipalityCode code;
  private final RouteDoor door;
  private final String path;
  private final Pattern pattern;
  private final List<String> names = new ArrayList<>();
  private final Set<String> methods;

  HttpIntake(
      MunicipalityCode code, RouteDoor door, PlatformHttpEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.code = code;
    this.door = door;
    this.path = endpoint.getPath().replaceFirst("^/+", "").replaceFirst("/+$", "");
    StringBuilder expression = new StringBuilder();
    Matcher variable = VARIABLE.matcher(path);
    int end = 0;
    while (variable.find()) {
      expression.append(Pattern.quote(path.substring(end, variable.start()))).append("([^/]+)");
      names.add(variable.group(1));
      end = variable.end();
    }
    expression.append(Pattern.quote(path.substring(end)));
    this.pattern =
        Pattern.compile(expression + (endpoint.isMatchOnUriPrefix() ? "(?:/.*)?" : "/?"));
    String restrict = endpoint.getHttpMethodRestrict();
    this.methods =
        restrict == null
            ? Set.of()
            : Stream.of(restrict.toUpperCase(Locale.ROOT).split("\\s*,\\s*"))
                .collect(Collectors.toSet());
  }

  @Override
  public PlatformHttpEndpoint getEndpoint() {
    return (PlatformHttpEndpoint) super.getEndpoint();
  }

  String path() {
    return path;
  }

  int variables() {
    return names.size();
  }

  boolean serves(MunicipalityCode asked, String rest) {
    return asked.equals(code) && pattern.matcher(rest).matches();
  }

  boolean takes(String method) {
    return methods.isEmpty() || methods.contains(method);
  }

  /** Tells whether both would take the same request. */
  boolean clashes(HttpIntake other) {
    boolean common =
        methods.isEmpty()
            || other.methods.isEmpty()
            || !Collections.disjoint(methods, other.methods);
    return code.equals(other.code) && pattern.pattern().equals(other.pattern.pattern()) && common;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    door.open(this);
  }

  @Override
  protected void doStop() throws Exception {
    door.close(this);
    super.doStop();
  }

  @Override
  protected void doSuspend() {
    door.close(this);
  }

  @Override
  protected void doResume() {
    door.open(this);
  }

  /** Sends a request through the route and answers with what comes out. */
  void accept(String rest, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange exchange = createExchange(false);
    try {
      createUoW(exchange);
      read(rest, request, exchange);
      getProcessor().process(exchange);
      write(exchange, response);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      getExceptionHandler().handleException("HTTP request failed", exchange, e);
      response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    } finally {
      doneUoW(exchange);
      releaseExchange(exchange, false);
    }
  }

  private void read(String rest, HttpServletRequest request, Exchange exchange) throws IOException {
    exchange.setPattern(org.apache.camel.ExchangePattern.InOut);
    Message message = exchange.getIn();
    HeaderFilterStrategy filter = getEndpoint().getHeaderFilterStrategy();
    for (String name : Collections.list(request.getHeaderNames())) {
      // A password must not wander along in a message.
      if (!CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
        header(name, Collections.list(request.getHeaders(name)), message, filter);
      }
    }
    for (Map.Entry<String, String[]> query : parameters(request).entrySet()) {
      header(query.getKey(), List.of(query.getValue()), message, filter);
    }
    Matcher match = pattern.matcher(rest);
    for (int i = 0; match.matches() && i < names.size(); i++) {
      message.setHeader(names.get(i), match.group(i + 1));
    }
    message.setHeader(Exchange.HTTP_METHOD, request.getMethod());
    message.setHeader(Exchange.HTTP_PATH, rest);
    message.setHeader(Exchange.HTTP_QUERY, request.getQueryString());
    if (request.getCharacterEncoding() != null) {
      exchange.setProperty(Exchange.CHARSET_NAME, request.getCharacterEncoding());
    }
    if (request.getContentType() != null) {
      message.setHeader(Exchange.CONTENT_TYPE, request.getContentType());
    }
    message.setBody(request.getInputStream());
  }

  /** Of a form in the body nothing is read: the body is the route's. */
  private static Map<String, String[]> parameters(HttpServletRequest request) {
    return request.getQueryString() == null || isForm(request)
        ? Map.of()
        : request.getParameterMap();
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.startsWith("application/x-www-form-urlencoded");
  }

  private static void header(
      String name, List<String> values, Message message, HeaderFilterStrategy filter) {
    Object value = values.size() == 1 ? values.get(0) : values;
    if (!filter.applyFilterToExternalHeaders(name, value, message.getExchange())) {
      message.setHeader(name, value);
    }
  }

  private void write(Exchange exchange, HttpServletResponse response) throws IOException {
    Message message = exchange.getMessage();
    if (exchange.getException() != null) {
      // What failed stands in the log and in route:show; callers learn nothing of the inside.
      getExceptionHandler()
          .handleException("HTTP request failed", exchange, exchange.getException());
      response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      return;
    }
    HeaderFilterStrategy filter = getEndpoint().getHeaderFilterStrategy();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              boolean plain =
                  value instanceof String || value instanceof Number || value instanceof Boolean;
              if (plain
                  && !name.equalsIgnoreCase("Content-Length")
                  && !filter.applyFilterToCamelHeaders(name, value, exchange)) {
                response.setHeader(name, value.toString().replaceAll("[\\r\\n]", " "));
              }
            });
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    boolean empty = message.getBody() == null;
    response.setStatus(
        status != null
            ? status
            : empty ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_OK);
    String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    if (type != null) {
      response.setContentType(type);
    }
    try (InputStream body = empty ? null : message.getBody(InputStream.class)) {
      if (body != null) {
        body.transferTo(response.getOutputStream());
      }
    }
  }
}
