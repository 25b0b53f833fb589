package org.kiban.node.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.node.NodeMessages;

/**
 * Reads a configuration file: one JSON object of simple values and arrays of them, strictly UTF-8.
 * Members whose key starts with {@code //} are comments. Faults name line and column but never the
 * text found there, which may be a secret.
 */
public final class FlatJson {

  private FlatJson() {}

  /**
   * Reads a file's content.
   *
   * @param file its name, for messages
   * @param content its bytes
   * @return values by key in the file's order: {@code String}, {@code Long}, {@code Double}, {@code
   *     Boolean} or {@code String[]}
   * @throws KibanException if it is not such an object
   */
  public static Map<String, Object> parse(String file, byte[] content) {
    try (JsonParser parser = new JsonFactory().createParser(decode(file, content))) {
      return object(file, parser);
    } catch (JsonProcessingException e) {
      throw invalid(file, e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /**
   * Decodes UTF-8 strictly; a byte order mark, which some editors add, is left out.
   *
   * @throws KibanException if it is not UTF-8
   */
  static String decode(String file, byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    CharBuffer out = CharBuffer.allocate(content.length + 1);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      throw new KibanException(Outcome.REFUSED, NodeMessages.NOT_UTF8, file, in.position() + 1);
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Map<String, Object> object(String file, JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw invalid(file, parser.currentLocation());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      if (key.startsWith("//")) {
        parser.skipChildren();
      } else if (values.put(key, value(file, key, parser)) != null) {
        throw new KibanException(Outcome.REFUSED, NodeMessages.DUPLICATE_KEY, file, key, line);
      }
    }
    if (parser.nextToken() != null) {
      throw invalid(file, parser.currentTokenLocation());
    }
    return values;
  }

  private static Object value(String file, String key, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return scalar(file, key, parser);
    }
    List<String> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(String.valueOf(scalar(file, key, parser)));
    }
    return elements.toArray(String[]::new);
  }

  private static Object scalar(String file, String key, JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      default -> throw new KibanException(Outcome.REFUSED, NodeMessages.NESTED, file, key);
    };
  }

  private static KibanException invalid(String file, JsonLocation where) {
    return new KibanException(
        Outcome.REFUSED,
        NodeMessages.INVALID_JSON,
        file,
        where == null ? 1 : where.getLineNr(),
        where == null ? 1 : where.getColumnNr());
  }
}
