package org.kiban.exchange.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kiban.exchange.ExchangeMessage;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML 1.2 file as JSON, with the line of each field. Anchors, duplicate keys, bytes that are not
 * UTF-8 and files made to exhaust memory are refused.
 */
final class YamlFile {

  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int DEEPEST = 20;

  private final String name;
  private final List<Problem> problems = new ArrayList<>();
  private Node root;
  private JsonNode json;

  YamlFile(String name, byte[] content) {
    this.name = name;
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setCodePointLimit(MOST_CHARACTERS).build();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      checkEvents(settings, text);
      if (problems.isEmpty()) {
        root = new Compose(settings).composeString(text).orElse(null);
        json = root == null ? JsonNodeFactory.instance.objectNode() : json(root, "");
      }
    } catch (CharacterCodingException e) {
      problem(1, "", ExchangeMessage.YAML_NOT_UTF8);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      problem(line, "", ExchangeMessage.YAML_SYNTAX, e.getProblem());
    } catch (YamlEngineException e) {
      problem(1, "", ExchangeMessage.YAML_SYNTAX, e.getMessage());
    }
  }

  private void checkEvents(LoadSettings settings, String text) {
    int depth = 0;
    int documents = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
      boolean anchored =
          event instanceof AliasEvent
              || event instanceof NodeEvent node && node.getAnchor().isPresent();
      if (anchored) {
        problem(line, "", ExchangeMessage.YAML_ANCHOR);
      }
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event.getEventId() == Event.ID.MappingEnd
          || event.getEventId() == Event.ID.SequenceEnd) {
        depth--;
      } else if (event.getEventId() == Event.ID.DocumentStart) {
        documents++;
      }
      if (depth > DEEPEST || documents > 1) {
        problem(line, "", ExchangeMessage.YAML_TOO_DEEP, DEEPEST);
        return;
      }
    }
  }

  private JsonNode json(Node node, String path) {
    if (node instanceof MappingNode mapping) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "{}";
        String field = path.isEmpty() ? key : path + '.' + key;
        if (object.has(key)) {
          problem(line(tuple.getKeyNode()), field, ExchangeMessage.YAML_KEY_TWICE);
        }
        object.set(key, json(tuple.getValueNode(), field));
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Node item : sequence.getValue()) {
        array.add(json(item, path + '[' + array.size() + ']'));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private static JsonNode scalar(ScalarNode node) {
    Tag tag = node.getTag();
    if (Tag.INT.equals(tag)) {
      return JsonNodeFactory.instance.numberNode(new BigInteger(node.getValue()));
    }
    if (Tag.BOOL.equals(tag)) {
      return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(node.getValue()));
    }
    return Tag.NULL.equals(tag)
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.textNode(node.getValue());
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** The file's content; null if it is no YAML. */
  JsonNode json() {
    return json;
  }

  /** What is wrong so far; who checks further adds to it. */
  List<Problem> problems() {
    return problems;
  }

  /**
   * Notes what is wrong with a field, at the line of its key or, for an item of a list, its value.
   *
   * @param path names and indexes from the top; the last may be one that is not there
   */
  void problem(List<?> path, ExchangeMessage message, Object... args) {
    StringBuilder field = new StringBuilder();
    Optional<Node> node = Optional.ofNullable(root);
    int line = node.map(YamlFile::line).orElse(1);
    for (Object step : path) {
      if (step instanceof Integer index) {
        field.append('[').append(index).append(']');
      } else {
        field.append(field.isEmpty() ? "" : ".").append(step);
      }
      Optional<Node> from = node;
      line = from.flatMap(n -> keyOf(n, step)).map(YamlFile::line).orElse(line);
      node = from.flatMap(n -> valueOf(n, step));
    }
    problem(line, field.toString(), message, args);
  }

  private void problem(int line, String field, ExchangeMessage message, Object... args) {
    problems.add(new Problem(name, line, field, message, args));
  }

  private static Optional<Node> keyOf(Node node, Object step) {
    return node instanceof MappingNode
        ? tuple(node, step).map(NodeTuple::getKeyNode)
        : valueOf(node, step);
  }

  private static Optional<Node> valueOf(Node node, Object step) {
    if (node instanceof SequenceNode sequence && step instanceof Integer index) {
      return index < sequence.getValue().size()
          ? Optional.of(sequence.getValue().get(index))
          : Optional.empty();
    }
    return tuple(node, step).map(NodeTuple::getValueNode);
  }

  private static Optional<NodeTuple> tuple(Node node, Object step) {
    if (!(node instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    return mapping.getValue().stream()
        .filter(
            tuple -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step))
        .findFirst();
  }
}
