package org.kiban.update.tuf;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as TUF signs it: keys in the order of their code points, no spaces, whole numbers only, and
 * of a text nothing escaped but quotation marks and backslashes. What is read must be plain JSON in
 * which no key comes twice, so that two readers cannot see two things. Safe for any thread.
 */
public final class CanonicalJson {

  private static final int DEEPEST = 32;

  private CanonicalJson() {}

  /**
   * Reads one document.
   *
   * @throws IOException if it is not exactly one, in UTF-8
   */
  public static JsonNode parse(byte[] content) throws IOException {
    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
    return mapper().readTree(content);
  }

  private static ObjectMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    return mapper;
  }

  /**
   * Writes a value canonically.
   *
   * @throws IOException if it holds a fraction or a text that is no Unicode
   */
  public static byte[] write(JsonNode value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(value, out);
    return out.toByteArray();
  }

  private static void write(JsonNode value, ByteArrayOutputStream out) throws IOException {
    if (value.isObject()) {
      writeObject(value, out);
    } else if (value.isArray()) {
      out.write('[');
      String separator = "";
      for (JsonNode element : value) {
        ascii(separator, out);
        write(element, out);
        separator = ",";
      }
      out.write(']');
    } else if (value.isTextual()) {
      quoted(utf8(value.textValue()), out);
    } else if (value.isIntegralNumber() || value.isBoolean() || value.isNull()) {
      ascii(value.asText(), out);
    } else {
      throw new IOException("not a whole number: " + value);
    }
  }

  private static void writeObject(JsonNode value, ByteArrayOutputStream out) throws IOException {
    // The order of code points is that of the bytes of UTF-8, and not that of Java's texts.
    Map<byte[], JsonNode> fields = new TreeMap<>(Arrays::compareUnsigned);
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      fields.put(utf8(field.getKey()), field.getValue());
    }
    out.write('{');
    String separator = "";
    for (Map.Entry<byte[], JsonNode> field : fields.entrySet()) {
      ascii(separator, out);
      quoted(field.getKey(), out);
      out.write(':');
      write(field.getValue(), out);
      separator = ",";
    }
    out.write('}');
  }

  private static byte[] utf8(String text) throws CharacterCodingException {
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    return Arrays.copyOf(bytes.array(), bytes.limit());
  }

  private static void quoted(byte[] text, ByteArrayOutputStream out) {
    out.write('"');
    for (byte b : text) {
      if (b == '"' || b == '\\') {
        out.write('\\');
      }
      out.write(b);
    }
    out.write('"');
  }

  private static void ascii(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
