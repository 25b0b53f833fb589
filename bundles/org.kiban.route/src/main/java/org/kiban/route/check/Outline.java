package org.kiban.route.check;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.kiban.route.RouteFile;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads route files as plain trees with lines: neither aliases nor DTDs, and nothing is run. */
final class Outline {

  private static final int MOST_ALIASES = 50;
  private static final int DEEPEST = 200;

  private Outline() {}

  /** A file that cannot be read. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    Unreadable(int line, String reason) {
      super(reason);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  static Element of(RouteFile file) throws Unreadable {
    return file.format() == RouteFile.Format.XML ? xml(file.content()) : yaml(file);
  }

  private static Element yaml(RouteFile file) throws Unreadable {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.fileName())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setAllowDuplicateKeys(false)
            .build();
    try {
      Optional<Node> root =
          new Compose(settings).composeInputStream(new ByteArrayInputStream(file.content()));
      if (root.isEmpty()) {
        throw new Unreadable(1, "empty");
      }
      return element("", root.get(), 1, 0);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      throw new Unreadable(line, String.valueOf(e.getProblem()));
    } catch (YamlEngineException e) {
      throw new Unreadable(0, String.valueOf(e.getMessage()));
    }
  }

  private static Element element(String name, Node node, int line, int depth) throws Unreadable {
    if (depth > DEEPEST) {
      throw new Unreadable(line, "too deep");
    }
    List<Element> children = new ArrayList<>();
    String text = "";
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key =
            tuple.getKeyNode() instanceof ScalarNode scalar
                ? Element.camelCase(scalar.getValue())
                : "?";
        if (children.stream().anyMatch(child -> child.name().equals(key))) {
          throw new Unreadable(lineOf(tuple.getKeyNode()), "twice: " + key);
        }
        children.add(element(key, tuple.getValueNode(), lineOf(tuple.getKeyNode()), depth + 1));
      }
    } else if (node instanceof SequenceNode sequence) {
      for (Node entry : sequence.getValue()) {
        children.add(element("", entry, lineOf(entry), depth + 1));
      }
    } else if (node instanceof ScalarNode scalar) {
      text = scalar.getValue();
    }
    return new Element(name, text, line, children);
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static Element xml(byte[] content) throws Unreadable {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(content));
      Deque<Element> open = new ArrayDeque<>();
      Deque<StringBuilder> texts = new ArrayDeque<>();
      open.push(new Element("", "", 1, new ArrayList<>()));
      texts.push(new StringBuilder());
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamReader.DTD ->
              throw new Unreadable(reader.getLocation().getLineNumber(), "DOCTYPE");
          case XMLStreamReader.START_ELEMENT -> {
            open.push(opened(reader));
            texts.push(new StringBuilder());
          }
          case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA ->
              texts.peek().append(reader.getText());
          case XMLStreamReader.END_ELEMENT -> {
            Element done = open.pop();
            String text = texts.pop().toString().strip();
            open.peek()
                .children()
                .add(new Element(done.name(), text, done.line(), done.children()));
          }
          default -> {
            // Comments and the like.
          }
        }
      }
      return open.peek();
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw new Unreadable(
          line, String.valueOf(e.getMessage()).replaceFirst("(?s)^.*Message: ", ""));
    }
  }

  private static Element opened(XMLStreamReader reader) {
    int line = reader.getLocation().getLineNumber();
    List<Element> children = new ArrayList<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      children.add(
          new Element(
              reader.getAttributeLocalName(i), reader.getAttributeValue(i), line, List.of()));
    }
    return new Element(Element.camelCase(reader.getLocalName()), "", line, children);
  }
}
