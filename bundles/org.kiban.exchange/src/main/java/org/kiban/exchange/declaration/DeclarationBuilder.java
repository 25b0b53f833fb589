package org.kiban.exchange.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.kiban.exchange.declaration.Profile.Bom;
import org.kiban.exchange.declaration.Profile.EmptyFile;
import org.kiban.exchange.declaration.Profile.Format;
import org.kiban.exchange.declaration.Profile.Header;
import org.kiban.exchange.declaration.Profile.Newline;
import org.kiban.exchange.declaration.Profile.Quote;
import org.kiban.exchange.declaration.Receive.Manifest;
import org.kiban.exchange.declaration.Receive.Ready;

/** Makes the records out of what has been checked. */
final class DeclarationBuilder {

  private static final String DIRECTORY = "directory";

  private final JsonNode profiles;

  DeclarationBuilder(JsonNode profiles) {
    this.profiles = profiles;
  }

  Declaration build(JsonNode json) {
    return new Declaration(
        json.path("interface").asText(),
        json.path("name").asText(),
        json.path("provider").asText(),
        receive(json.path("receive")),
        constant(Identity.class, json.path("identity"), Identity.CONTENT),
        constant(Mode.class, json.path("mode"), Mode.ROW),
        list(json.path("consumers"), this::consumer),
        profile(json, "input"),
        profile(json, "output"),
        list(json.path("columns"), this::column),
        list(json.path("key"), JsonNode::asText),
        list(json.path("rules"), this::rule),
        texts(json.path("replacements")),
        maximum(json.path("maximum")),
        json.path("retention-days").asInt(30));
  }

  private Receive receive(JsonNode json) {
    JsonNode ready = json.path("ready");
    int stable = ready.path("stable-seconds").asInt(ready.isMissingNode() ? 2 : 0);
    return new Receive(
        json.path("transport").asText(DIRECTORY),
        new Ready(stable, text(ready.path("suffix")), text(ready.path("marker"))),
        constant(Manifest.class, json.path("manifest"), Manifest.OPTIONAL),
        text(json.path("file-name")).map(Pattern::compile),
        texts(json.path("options")));
  }

  private Consumer consumer(JsonNode json) {
    return new Consumer(
        json.path("system").asText(),
        json.path("transport").asText(DIRECTORY),
        texts(json.path("options")));
  }

  /** A side's profile: what the declaration says, over what the named profile says. */
  Profile profile(JsonNode json, String side) {
    JsonNode own = json.path(side);
    JsonNode base = profiles.path(own.path("profile").asText("standard")).path(side);
    Function<String, JsonNode> value =
        key -> own.path(key).isMissingNode() ? base.path(key) : own.path(key);
    return new Profile(
        constant(Format.class, value.apply("format"), Format.CSV),
        constant(Encoding.class, value.apply("charset"), Encoding.UTF_8),
        constant(Bom.class, value.apply("bom"), Bom.NONE),
        constant(Newline.class, value.apply("newline"), Newline.CRLF),
        value.apply("delimiter").asText().charAt(0),
        constant(Quote.class, value.apply("quote"), Quote.ANY),
        constant(Header.class, value.apply("header"), Header.NAMES),
        value.apply("null-text").asText(),
        constant(EmptyFile.class, value.apply("empty-file"), EmptyFile.REFUSE));
  }

  /** A column. */
  Column column(JsonNode json) {
    return new Column(
        json.path("name").asText(),
        text(json.path("romaji")),
        text(json.path("item")),
        type(json.path("type").asText("")),
        json.path("length").asInt(0),
        json.path("min-length").asInt(0),
        json.path("scale").asInt(0),
        json.path("required").asBoolean(false),
        constant(Column.Check.class, json.path("check"), Column.Check.NONE),
        texts(json.path("codes")),
        json.path("multiline").asBoolean(false),
        json.path("width").asInt(0));
  }

  private static Column.Type type(String name) {
    return switch (name) {
      case "" -> Column.Type.TEXT;
      case "9" -> Column.Type.INTEGER;
      case "9V" -> Column.Type.DECIMAL;
      case "S9" -> Column.Type.SIGNED;
      default -> Column.Type.valueOf(name);
    };
  }

  private Rule rule(JsonNode json) {
    if (json.has("not-after")) {
      return new Rule.NotAfter(json.path("column").asText(), json.path("not-after").asText());
    }
    JsonNode when = json.path("when");
    Set<String> values = new LinkedHashSet<>();
    text(when.path("equals")).ifPresent(values::add);
    when.path("in").forEach(value -> values.add(value.asText()));
    Rule.Condition condition = new Rule.Condition(when.path("column").asText(), values);
    return json.has("require")
        ? new Rule.Require(condition, json.path("require").asText())
        : new Rule.Forbid(condition, json.path("forbid").asText());
  }

  private static Maximum maximum(JsonNode json) {
    return new Maximum(
        json.path("rows").asLong(10_000_000L),
        json.path("bytes").asLong(1L << 31),
        json.path("row-bytes").asInt(1 << 20),
        json.path("minimum-rows").asLong(0));
  }

  /** The constant whose name is the word in upper case, hyphens as underscores. */
  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, E otherwise) {
    return json instanceof MissingNode
        ? otherwise
        : Enum.valueOf(type, json.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Optional<String> text(JsonNode json) {
    return json.isMissingNode() ? Optional.empty() : Optional.of(json.asText());
  }

  private static Map<String, String> texts(JsonNode json) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  private static <T> List<T> list(JsonNode json, Function<JsonNode, T> make) {
    List<T> list = new ArrayList<>();
    json.forEach(item -> list.add(make.apply(item)));
    return list;
  }
}
