package org.kiban.route.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What the stubs of one desk took in, and who waits to be given something. */
final class Stubs {

  /** Everything that reaches out of the process or that time starts. */
  static final Set<String> SCHEMES =
      Set.of(
          "aws2-s3",
          "file",
          "ftp",
          "ftps",
          "http",
          "https",
          "imap",
          "imaps",
          "jms",
          "platform-http",
          "pop3",
          "pop3s",
          "quartz",
          "scheduler",
          "sftp",
          "sjms",
          "sjms2",
          "smtp",
          "smtps",
          "timer");

  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final Map<String, Processor> intakes = new ConcurrentHashMap<>();
  private final Map<String, RouteDesk.Answer> answers = new LinkedHashMap<>();

  /** An endpoint's name for tests: {@code sftp://h/x?y=z} is {@code sftp:h/x}. */
  static String name(String uri) {
    int query = uri.indexOf('?');
    return (query < 0 ? uri : uri.substring(0, query)).replaceFirst(":/+", ":");
  }

  void open(String endpoint, Processor intake) {
    intakes.put(endpoint, intake);
  }

  void close(String endpoint) {
    intakes.remove(endpoint);
  }

  /** Returns the one intake whose name begins so. */
  Map.Entry<String, Processor> intake(String beginning) {
    List<Map.Entry<String, Processor>> found =
        intakes.entrySet().stream()
            .filter(e -> e.getKey().startsWith(name(beginning)))
            .map(e -> Map.entry(e.getKey(), e.getValue()))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.size()
              + " of the route's intakes begin with '"
              + beginning
              + "'; it takes in at "
              + new TreeMap<>(intakes).keySet());
    }
    return found.get(0);
  }

  void answer(String beginning, RouteDesk.Answer answer) {
    answers.put(name(beginning), answer);
  }

  /** A route sends. */
  void take(String uri, Exchange exchange) throws Exception {
    // A "toD" sends to the server alone and gives the path beside.
    String path = exchange.getMessage().getHeader(Exchange.HTTP_PATH, "", String.class);
    String endpoint = name(uri) + (uri.startsWith("http") ? path : "");
    Object body = exchange.getMessage().getBody();
    String text = exchange.getMessage().getBody(String.class);
    Sent message =
        new Sent(endpoint, body, text, new TreeMap<>(exchange.getMessage().getHeaders()));
    sent.add(message);
    for (Map.Entry<String, RouteDesk.Answer> answer : answers.entrySet()) {
      if (endpoint.startsWith(answer.getKey())) {
        exchange.getMessage().setBody(answer.getValue().to(message));
        return;
      }
    }
    // A stream was read to its end: the steps that follow read the text.
    if (body != null && text != null && !(body instanceof String)) {
      exchange.getMessage().setBody(text);
    }
  }

  List<Sent> sent(String beginning) {
    return new ArrayList<>(
        sent.stream().filter(s -> s.endpoint().startsWith(name(beginning))).toList());
  }
}
