package org.kiban.exchange.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Column.Check;
import org.kiban.exchange.declaration.Column.Type;

/**
 * What a schema cannot say: that names fit together, and that a column is not asked for nonsense.
 */
final class ReferenceCheck {

  private static final Set<Type> TEXTS = Set.of(Type.X, Type.N, Type.TEXT, Type.BLOB);
  private static final Set<Type> ORDERED = Set.of(Type.DATE, Type.TIME, Type.YEAR);
  private static final Set<Type> OF_ONE_LENGTH = ORDERED;

  private final YamlFile file;
  private final JsonNode json;
  private final JsonNode profiles;
  private final Map<String, Type> columns = new HashMap<>();

  ReferenceCheck(YamlFile file, JsonNode profiles) {
    this.file = file;
    this.json = file.json();
    this.profiles = profiles;
  }

  /** Adds to the file's problems. */
  void check(String fileName) {
    String id = json.path("interface").asText();
    if (!fileName.equals(id + DeclarationReader.SUFFIX)) {
      file.problem(List.of("interface"), ExchangeMessage.ID_NOT_FILE_NAME, fileName);
    }
    consumers();
    columns();
    key();
    rules();
    fileName();
    replacements();
    if (isProfile("input") & isProfile("output")) {
      new ProfileCheck(file, new DeclarationBuilder(profiles)).check();
    }
  }

  private boolean isProfile(String side) {
    String name = json.path(side).path("profile").asText("standard");
    if (profiles.has(name)) {
      return true;
    }
    List<String> names = new ArrayList<>();
    profiles.fieldNames().forEachRemaining(names::add);
    file.problem(List.of(side, "profile"), ExchangeMessage.FIELD_ENUM, String.join(", ", names));
    return false;
  }

  private void consumers() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < json.path("consumers").size(); i++) {
      if (!seen.add(json.path("consumers").path(i).path("system").asText())) {
        file.problem(List.of("consumers", i, "system"), ExchangeMessage.NAME_TWICE);
      }
    }
  }

  private void columns() {
    DeclarationBuilder builder = new DeclarationBuilder(profiles);
    Set<String> romaji = new HashSet<>();
    for (int i = 0; i < json.path("columns").size(); i++) {
      Column column = builder.column(json.path("columns").path(i));
      if (columns.put(column.name(), column.type()) != null) {
        file.problem(List.of("columns", i, "name"), ExchangeMessage.NAME_TWICE);
      }
      if (column.romaji().isPresent() && !romaji.add(column.romaji().get())) {
        file.problem(List.of("columns", i, "romaji"), ExchangeMessage.NAME_TWICE);
      }
      column(i, column);
    }
  }

  private void column(int i, Column column) {
    boolean fraction = column.type() == Type.DECIMAL || column.type() == Type.SIGNED;
    if (column.scale() > 0 && !fraction) {
      wrong(i, "scale", column);
    }
    if (column.length() > 0 && OF_ONE_LENGTH.contains(column.type())) {
      wrong(i, "length", column);
    }
    if (column.minLength() > 0 && OF_ONE_LENGTH.contains(column.type())) {
      wrong(i, "min-length", column);
    }
    if (column.multiline() && !TEXTS.contains(column.type())) {
      wrong(i, "multiline", column);
    }
    if (column.length() > 0 && column.minLength() > column.length()) {
      file.problem(
          List.of("columns", i, "min-length"), ExchangeMessage.FIELD_AT_MOST, column.length());
    }
    if (column.length() > 0 && column.scale() > column.length()) {
      file.problem(List.of("columns", i, "scale"), ExchangeMessage.FIELD_AT_MOST, column.length());
    }
    Check check = column.check();
    boolean digits = column.type() == Type.X || column.type() == Type.INTEGER;
    if (check != Check.NONE && !(digits || column.type() == Type.TEXT)) {
      wrong(i, "check", column);
    } else if (column.length() > 0 && check != Check.NONE && column.length() != check.digits()) {
      file.problem(List.of("columns", i, "length"), ExchangeMessage.CHECK_LENGTH, check.digits());
    }
  }

  private void wrong(int i, String field, Column column) {
    file.problem(List.of("columns", i, field), ExchangeMessage.NOT_FOR_TYPE, column.type());
  }

  private void key() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < json.path("key").size(); i++) {
      String name = json.path("key").path(i).asText();
      reference(name, "key", i);
      if (!seen.add(name)) {
        file.problem(List.of("key", i), ExchangeMessage.NAME_TWICE);
      }
    }
  }

  private void reference(String name, Object... path) {
    if (!columns.containsKey(name)) {
      file.problem(List.of(path), ExchangeMessage.COLUMN_UNKNOWN, name);
    }
  }

  private void rules() {
    for (int i = 0; i < json.path("rules").size(); i++) {
      JsonNode rule = json.path("rules").path(i);
      int kinds = 0;
      for (String kind : List.of("require", "forbid", "not-after")) {
        if (rule.has(kind)) {
          kinds++;
          reference(rule.path(kind).asText(), "rules", i, kind);
        }
      }
      if (kinds != 1 || rule.has("not-after") && rule.has("when")) {
        file.problem(List.of("rules", i), ExchangeMessage.RULE_FORM);
      }
      if (rule.has("when")) {
        reference(rule.path("when").path("column").asText(), "rules", i, "when", "column");
        if (rule.path("when").has("equals") && rule.path("when").has("in")) {
          file.problem(List.of("rules", i, "when"), ExchangeMessage.RULE_FORM);
        }
      }
      if (rule.has("not-after")) {
        order(i, rule);
      }
    }
  }

  private void order(int i, JsonNode rule) {
    String first = rule.path("column").asText();
    reference(first, "rules", i, "column");
    Type type = columns.get(first);
    Type other = columns.get(rule.path("not-after").asText());
    if (type != null && other != null && (type != other || !ORDERED.contains(type))) {
      file.problem(List.of("rules", i, "not-after"), ExchangeMessage.RULE_TYPES);
    }
  }

  private void fileName() {
    JsonNode name = json.path("receive").path("file-name");
    boolean sequence = name.asText().contains("(?<sequence>");
    if (!name.isMissingNode()) {
      try {
        Pattern.compile(name.asText());
      } catch (PatternSyntaxException e) {
        file.problem(
            List.of("receive", "file-name"), ExchangeMessage.FIELD_WRONG, e.getDescription());
      }
    }
    boolean manifest = json.path("receive").path("manifest").asText().equals("required");
    if (json.path("identity").asText().equals("sequence") && !sequence && !manifest) {
      file.problem(List.of("identity"), ExchangeMessage.NO_SEQUENCE);
    }
  }

  private void replacements() {
    json.path("replacements")
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!isOneCharacter(key)) {
                file.problem(List.of("replacements", key), ExchangeMessage.NOT_ONE_CHARACTER);
              }
            });
  }

  private static boolean isOneCharacter(String key) {
    int[] points = key.codePoints().toArray();
    return points.length == 1
        || points.length == 2
            && Character.UnicodeBlock.of(points[1]) != null
            && Character.getType(points[1]) == Character.NON_SPACING_MARK;
  }
}
