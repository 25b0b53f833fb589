package org.kiban.addon.pack;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON of unknown origin: maps, lists and texts; numbers and literals as their text. Refuses
 * towers and what is not JSON. Used by one thread, once.
 */
final class Json {

  private static final int DEEPEST = 50;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Object parse(byte[] content) {
    try {
      Json json =
          new Json(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
      Object value = json.value(0);
      if (json.peek() != 0) {
        throw json.wrong();
      }
      return value;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("no JSON at " + at);
  }

  /** The next character that is no space; 0 at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean next(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong();
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      default -> literal();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new HashMap<>();
    at++;
    if (next('}')) {
      return object;
    }
    do {
      if (peek() != '"') {
        throw wrong();
      }
      String name = string();
      if (!next(':') || object.putIfAbsent(name, value(depth + 1)) != null) {
        throw wrong();
      }
    } while (next(','));
    if (!next('}')) {
      throw wrong();
    }
    return object;
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    at++;
    if (next(']')) {
      return list;
    }
    do {
      list.add(value(depth + 1));
    } while (next(','));
    if (!next(']')) {
      throw wrong();
    }
    return list;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return string.toString();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    throw wrong();
  }

  private char escaped() {
    at++;
    int known = at < text.length() ? "\"\\/bfnrt".indexOf(text.charAt(at)) : -1;
    if (known >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(known);
    }
    if (at + 4 >= text.length() || text.charAt(at) != 'u') {
      throw wrong();
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
  }

  private String literal() {
    int begin = at;
    while (at < text.length() && "+-.".indexOf(text.charAt(at)) >= 0
        || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    String literal = text.substring(begin, at);
    if (!literal.matches("true|false|null|-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
      throw wrong();
    }
    return literal;
  }
}
