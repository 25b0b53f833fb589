package org.kiban.exchange.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.kiban.exchange.ExchangeMessage;

/**
 * Holds a declaration against {@code interface.schema.json}, the same that editors complete with.
 */
final class SchemaCheck {

  private final JsonSchema schema;

  SchemaCheck() {
    try (InputStream in = SchemaCheck.class.getResourceAsStream("interface.schema.json")) {
      schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds to the file's problems all that the schema refuses. */
  void check(YamlFile file) {
    for (ValidationMessage message : schema.validate(file.json())) {
      report(file, message);
    }
  }

  private static void report(YamlFile file, ValidationMessage message) {
    List<Object> path = path(message.getInstanceLocation());
    JsonNode limit = message.getSchemaNode();
    switch (message.getType()) {
      case "additionalProperties" ->
          file.problem(with(path, message.getProperty()), ExchangeMessage.FIELD_UNKNOWN);
      case "required" ->
          file.problem(with(path, message.getProperty()), ExchangeMessage.FIELD_MISSING);
      case "dependentRequired" -> file.problem(path, ExchangeMessage.RULE_FORM);
      case "type" -> file.problem(path, ExchangeMessage.FIELD_TYPE, list(limit));
      case "enum" -> file.problem(path, ExchangeMessage.FIELD_ENUM, list(limit));
      case "pattern" -> file.problem(path, ExchangeMessage.FIELD_PATTERN, limit.asText());
      case "minimum", "minLength", "minItems", "minProperties" ->
          file.problem(path, ExchangeMessage.FIELD_AT_LEAST, limit.asText());
      case "maximum", "maxLength", "maxItems" ->
          file.problem(path, ExchangeMessage.FIELD_AT_MOST, limit.asText());
      default -> file.problem(path, ExchangeMessage.FIELD_WRONG, message.getError());
    }
  }

  private static List<Object> path(JsonNodePath location) {
    List<Object> path = new ArrayList<>();
    for (int i = 0; i < location.getNameCount(); i++) {
      path.add(location.getElement(i));
    }
    return path;
  }

  private static List<Object> with(List<Object> path, String last) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(last);
    return longer;
  }

  private static String list(JsonNode limit) {
    if (!limit.isArray()) {
      return limit.asText();
    }
    StringJoiner joiner = new StringJoiner(", ");
    limit.forEach(item -> joiner.add(item.isTextual() ? item.asText() : item.toString()));
    return joiner.toString();
  }
}
