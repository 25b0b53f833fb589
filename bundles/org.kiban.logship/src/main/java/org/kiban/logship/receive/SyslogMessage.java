package org.kiban.logship.receive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A syslog message as an event; pure functions. */
final class SyslogMessage {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SD_ELEMENT = "\\[(?:[^\\]\"\\\\]|\"(?:[^\"\\\\]|\\\\.)*+\")*+]";
  private static final Pattern RFC_5424 =
      Pattern.compile(
          "<(\\d{1,3})>1 (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (-|(?:"
              + SD_ELEMENT
              + ")++)(?: \\x{FEFF}?(.*))?",
          Pattern.DOTALL);
  private static final String[] NAMES = {"host", "app", "process", "id", "data"};
  private static final String TIME = "@timestamp";
  private static final int SEVERITIES = 8;
  private static final int LAST_PRIORITY = 191;
  private static final int FIRST_NAME = 3;
  private static final int TEXT = 8;

  private SyslogMessage() {}

  /**
   * The message as a line of JSON; one that is not of RFC 5424 goes whole, marked.
   *
   * @param bytes UTF-8
   * @param arrived the time of those that have none of their own
   */
  static byte[] document(byte[] bytes, Instant arrived) {
    String whole = new String(bytes, StandardCharsets.UTF_8);
    Matcher message = RFC_5424.matcher(whole);
    ObjectNode document = JSON.createObjectNode();
    if (!message.matches() || Integer.parseInt(message.group(1)) > LAST_PRIORITY) {
      document.put("message", whole).put("unparsed", "syslog");
    } else {
      fill(document, message);
    }
    if (!document.has(TIME)) {
      document.put(TIME, arrived.toString());
    }
    return (document.toString() + '\n').getBytes(StandardCharsets.UTF_8);
  }

  private static void fill(ObjectNode document, Matcher message) {
    String text = message.group(TEXT);
    document.put("message", text == null ? "" : text);
    String time = message.group(2);
    if (!time.equals("-")) {
      try {
        document.put(TIME, OffsetDateTime.parse(time).toInstant().toString());
      } catch (DateTimeException e) {
        document.put("unparsed", "time");
      }
    }
    ObjectNode fields = document.putObject("fields");
    int priority = Integer.parseInt(message.group(1));
    fields.put("facility", priority / SEVERITIES).put("severity", priority % SEVERITIES);
    for (int i = 0; i < NAMES.length; i++) {
      String value = message.group(FIRST_NAME + i);
      if (!value.equals("-")) {
        fields.put(NAMES[i], value);
      }
    }
  }
}
