package org.kiban.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What all answers of this bundle have in common. */
final class Answer {

  private Answer() {}

  /** Sends a JSON document. */
  static void json(HttpServletResponse response, int status, String body) throws IOException {
    byte[] bytes = (body + "\n").getBytes(UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
