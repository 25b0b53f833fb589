package org.kiban.addon.pack;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.kiban.core.KibanException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The fields of a small YAML file, all of which are texts, lists of texts or maps; a wrong one is
 * refused with its line. Every field must be asked for: one that nobody knows is a mistake, or
 * meant for another reader. Used by one thread.
 */
final class Fields {

  private static final int MOST_CHARACTERS = 256 * 1024;
  private static final int DEEPEST = 4;

  private final String file;
  private final PackMessage code;
  private final int line;
  private final Map<String, NodeTuple> tuples = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();

  private Fields(String file, PackMessage code, MappingNode mapping) {
    this.file = file;
    this.code = code;
    this.line = line(mapping);
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode name)) {
        throw wrong(line(key), "a name is missing", "項目名がありません");
      }
      if (tuples.putIfAbsent(name.getValue(), tuple) != null) {
        throw wrong(line(key), name.getValue() + " is there twice", name.getValue() + " が重複しています");
      }
    }
  }

  /**
   * Reads a file.
   *
   * @param code to refuse it with; takes file, line and reason
   */
  static Fields parse(String file, byte[] content, PackMessage code) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      LoadSettings settings =
          LoadSettings.builder().setLabel(file).setCodePointLimit(MOST_CHARACTERS).build();
      checkEvents(file, code, settings, text);
      Node root = new Compose(settings).composeString(text).orElse(null);
      if (root instanceof MappingNode mapping) {
        return new Fields(file, code, mapping);
      }
      throw code.refuse(file, 1, Why.of("no fields", "項目がありません"));
    } catch (CharacterCodingException e) {
      throw code.refuse(file, 1, Why.of("not UTF-8", "UTF-8 ではありません"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw code.refuse(e, file, line, Why.of("YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      throw code.refuse(e, file, 1, Why.of("YAML: " + e.getMessage()));
    }
  }

  /** Before a tree is made of it: no references, which could multiply, and no towers. */
  private static void checkEvents(
      String file, PackMessage code, LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
      if (event instanceof AliasEvent) {
        throw code.refuse(file, line, Why.of("references are not allowed", "参照は使えません"));
      }
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > DEEPEST) {
        throw code.refuse(file, line, Why.of("too deep", "階層が深すぎます"));
      }
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private KibanException wrong(int where, String en, String ja) {
    return code.refuse(file, where, Why.of(en, ja));
  }

  /** The refusal of a field for a reason. */
  KibanException wrong(String name, String en, String ja) {
    NodeTuple tuple = tuples.get(name);
    int where = tuple == null ? line : line(tuple.getKeyNode());
    return wrong(where, name + ": " + en, name + ": " + ja);
  }

  boolean has(String name) {
    asked.add(name);
    return tuples.containsKey(name);
  }

  /** A text that must be there. */
  String text(String name) {
    Node value = value(name);
    if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw wrong(name, "a text is needed", "文字列が必要です");
  }

  /** A text in some form. */
  <T> T text(String name, Function<String, T> form, String en, String ja) {
    String text = text(name);
    try {
      return form.apply(text);
    } catch (RuntimeException e) {
      throw wrong(name, en + ": " + text, ja + ": " + text);
    }
  }

  /** A list of texts; empty if it is not there. */
  List<String> texts(String name) {
    if (!has(name)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (value(name) instanceof SequenceNode sequence) {
      for (Node item : sequence.getValue()) {
        if (item instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
          texts.add(scalar.getValue());
        } else {
          throw wrong(line(item), name + ": a text is needed", name + ": 文字列が必要です");
        }
      }
      return texts;
    }
    throw wrong(name, "a list is needed", "リストが必要です");
  }

  /** A list of texts of a form; empty if it is not there. */
  List<String> texts(String name, Pattern form) {
    List<String> texts = texts(name);
    for (String text : texts) {
      if (!form.matcher(text).matches()) {
        throw wrong(name, "not allowed: " + text, "使えません: " + text);
      }
    }
    return texts;
  }

  /** The fields of a map that must be there. */
  Fields fields(String name) {
    if (value(name) instanceof MappingNode mapping) {
      return new Fields(file, code, mapping);
    }
    throw wrong(name, "fields are needed", "項目が必要です");
  }

  /** The names of all fields, which count as asked for. */
  Set<String> names() {
    asked.addAll(tuples.keySet());
    return tuples.keySet();
  }

  private Node value(String name) {
    asked.add(name);
    NodeTuple tuple = tuples.get(name);
    if (tuple == null) {
      throw wrong(name, "is missing", "がありません");
    }
    return tuple.getValueNode();
  }

  /** Refuses what was not asked for. */
  void end() {
    for (String name : tuples.keySet()) {
      if (!asked.contains(name)) {
        throw wrong(name, "unknown field", "不明な項目です");
      }
    }
  }
}
