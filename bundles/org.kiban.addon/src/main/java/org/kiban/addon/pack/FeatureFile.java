package org.kiban.addon.pack;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A package's feature file: one feature with the add-on's id and version, its bundles in order, and
 * the features of the node that it needs. Everything else that Karaf knows in a feature file
 * (configuration, files, repositories, conditions, libraries) is refused: it would change the node
 * outside what belongs to the add-on.
 *
 * @param bundles in order
 * @param features names of the node's features
 */
record FeatureFile(List<Bundle> bundles, List<String> features) {

  private static final String NAMESPACE = "http://karaf.apache.org/xmlns/features/v1.";
  private static final Pattern URL =
      Pattern.compile("mvn:([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)(?:/jar)?");
  private static final String LEVEL = "start-level";
  private static final int LOWEST_LEVEL = 90;
  private static final int HIGHEST_LEVEL = 99;

  /**
   * A bundle as the feature names it.
   *
   * @param path in the package
   * @param startLevel 90 to 99
   */
  record Bundle(String path, int startLevel) {}

  static FeatureFile parse(byte[] content, AddonManifest manifest) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(content));
      Reader reader = new Reader(xml, manifest);
      reader.read();
      return new FeatureFile(List.copyOf(reader.bundles), List.copyOf(reader.features));
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
      throw PackMessage.WRONG_FEATURE.refuse(
          e, line, Why.of("it is not well-formed XML", "XML として正しくありません"));
    }
  }

  /** Used by one thread, once. */
  private static final class Reader {
    private final XMLStreamReader xml;
    private final AddonManifest manifest;
    private final List<Bundle> bundles = new ArrayList<>();
    private final List<String> features = new ArrayList<>();
    private boolean seen;

    Reader(XMLStreamReader xml, AddonManifest manifest) {
      this.xml = xml;
      this.manifest = manifest;
    }

    void read() throws XMLStreamException {
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          root();
        } else if (event == XMLStreamConstants.DTD
            || event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
          throw wrong("a document type or a processing instruction", "文書型定義か処理命令があります");
        }
      }
      if (!seen) {
        throw wrong("no feature in it", "feature がありません");
      }
    }

    private void root() throws XMLStreamException {
      expect("features", Set.of("name"));
      while (child()) {
        expect("feature", Set.of("name", "version", "description"));
        if (seen) {
          throw wrong("more than one feature", "feature が二つ以上あります");
        }
        seen = true;
        is("name", manifest.id());
        is("version", manifest.version().toString());
        while (child()) {
          part();
        }
      }
    }

    /** Moves to the next child; false at the end of the element. */
    private boolean child() throws XMLStreamException {
      for (int event = xml.next(); ; event = xml.next()) {
        if (event == XMLStreamConstants.START_ELEMENT) {
          return true;
        }
        if (event == XMLStreamConstants.END_ELEMENT) {
          return false;
        }
        if (event != XMLStreamConstants.COMMENT && !xml.isWhiteSpace()) {
          throw wrong("text between elements", "要素の間に文字があります");
        }
      }
    }

    private void part() throws XMLStreamException {
      switch (xml.getLocalName()) {
        case "bundle" -> {
          expect("bundle", Set.of(LEVEL));
          int level = level();
          String url = xml.getElementText().strip();
          bundles.add(new Bundle(path(url), level));
        }
        case "feature" -> {
          expect("feature", Set.of("prerequisite", "dependency"));
          features.add(needed(xml.getElementText().strip()));
        }
        case "details" -> {
          expect("details", Set.of());
          xml.getElementText();
        }
        default ->
            throw wrong(
                "<" + xml.getLocalName() + "> is not allowed",
                "<" + xml.getLocalName() + "> は使えません");
      }
    }

    private int level() {
      String level = xml.getAttributeValue(null, LEVEL);
      if (level == null) {
        return LOWEST_LEVEL;
      }
      if (!level.matches("\\d{2}") || Integer.parseInt(level) < LOWEST_LEVEL) {
        throw wrong(
            LEVEL + " must be " + LOWEST_LEVEL + " to " + HIGHEST_LEVEL,
            LEVEL + " は " + LOWEST_LEVEL + " から " + HIGHEST_LEVEL + " です");
      }
      return Integer.parseInt(level);
    }

    private String path(String url) {
      Matcher m = URL.matcher(url);
      if (!m.matches() || url.contains("..")) {
        throw wrong(
            "not mvn:<group>/<artifact>/<version>: " + url,
            "mvn:<group>/<artifact>/<version> の形ではありません: " + url);
      }
      return "repository/%s/%s/%s/%s-%s.jar"
          .formatted(m.group(1).replace('.', '/'), m.group(2), m.group(3), m.group(2), m.group(3));
    }

    private String needed(String feature) {
      boolean declared =
          feature.equals("scr")
              || feature.startsWith("kiban-")
                  && manifest
                      .permissions()
                      .capabilities()
                      .contains(feature.substring("kiban-".length()));
      if (!declared) {
        throw wrong(
            "the feature " + feature + " is not among the capabilities of addon.yaml",
            "feature " + feature + " が addon.yaml の capabilities にありません");
      }
      return feature;
    }

    private void expect(String name, Set<String> attributes) {
      String namespace = xml.getNamespaceURI();
      if (!xml.getLocalName().equals(name)
          || namespace == null
          || !namespace.startsWith(NAMESPACE)) {
        throw wrong(
            "<" + xml.getLocalName() + "> is not allowed here",
            "<" + xml.getLocalName() + "> はここでは使えません");
      }
      for (int i = 0; i < xml.getAttributeCount(); i++) {
        if (!attributes.contains(xml.getAttributeLocalName(i))) {
          throw wrong(
              "the attribute " + xml.getAttributeLocalName(i) + " is not allowed",
              "属性 " + xml.getAttributeLocalName(i) + " は使えません");
        }
      }
    }

    private void is(String attribute, String value) {
      if (!value.equals(xml.getAttributeValue(null, attribute))) {
        throw wrong(attribute + " must be " + value, attribute + " は " + value + " です");
      }
    }

    private RuntimeException wrong(String en, String ja) {
      return PackMessage.WRONG_FEATURE.refuse(xml.getLocation().getLineNumber(), Why.of(en, ja));
    }
  }
}
