package org.kiban.addon.pack;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A component as its description declares it.
 *
 * @param pids configurations that it reads
 * @param services interfaces that it offers
 */
record Component(List<String> pids, List<String> services) {

  /** Reads the components of a file in {@code OSGI-INF}; none if it describes something else. */
  static List<Component> parse(String place, byte[] content) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<Component> components = new ArrayList<>();
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(content));
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD) {
          throw PackMessage.WRONG_BUNDLE.refuse(place, Why.of("a document type", "文書型定義があります"));
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
          if (xml.getLocalName().equals("component")) {
            components.add(new Component(pids(xml), new ArrayList<>()));
          } else if (xml.getLocalName().equals("provide") && !components.isEmpty()) {
            components
                .get(components.size() - 1)
                .services()
                .add(String.valueOf(xml.getAttributeValue(null, "interface")));
          }
        }
      }
    } catch (XMLStreamException e) {
      throw PackMessage.WRONG_BUNDLE.refuse(
          e, place, Why.of("it is not well-formed XML", "XML として正しくありません"));
    }
    return components;
  }

  private static List<String> pids(XMLStreamReader xml) {
    String name = xml.getAttributeValue(null, "name");
    String pids = xml.getAttributeValue(null, "configuration-pid");
    if ("ignore".equals(xml.getAttributeValue(null, "configuration-policy"))) {
      return List.of();
    }
    if (pids == null) {
      return name == null ? List.of() : List.of(name);
    }
    return List.of(pids.strip().split("\\s+")).stream()
        .map(pid -> pid.equals("$") ? String.valueOf(name) : pid)
        .toList();
  }
}
