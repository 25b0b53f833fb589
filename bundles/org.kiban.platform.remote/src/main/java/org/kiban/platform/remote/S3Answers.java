package org.kiban.platform.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.kiban.platform.remote.S3Requests.Answer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads what stores answer. */
public final class S3Answers {

  private S3Answers() {}

  /**
   * The answer, unless it is a refusal.
   *
   * @throws NoSuchFileException if there is no such object
   * @throws RefusedException if the credential does not do, or there is no room
   * @throws TransientException if the store may answer otherwise a little later
   */
  public static Answer done(Answer answer, String key) throws IOException {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return answer;
    }
    String code = code(answer);
    if (status == 404 && !code.equals("NoSuchBucket")) {
      throw new NoSuchFileException(key);
    }
    if (status == 507 || code.contains("QuotaExceeded") || code.contains("StorageFull")) {
      throw new RefusedException(RefusedException.Kind.ROOM, key, null);
    }
    if (status == 401 || status == 403) {
      throw new RefusedException(RefusedException.Kind.ACCESS, key + ": " + code, null);
    }
    String told = key + ": the store answers " + status + ' ' + code;
    throw status >= 500 || status == 408 || status == 429
        ? new TransientException(told)
        : new IOException(told);
  }

  private static String code(Answer answer) {
    try {
      return answer.body().length == 0 ? "" : text(parsed(answer.body()), "Code");
    } catch (IOException e) {
      return "";
    }
  }

  /** The root of an answer in XML. */
  public static Element parsed(byte[] xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
      return document.getDocumentElement();
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException("the store's answer is not XML", e);
    }
  }

  /** The text of the first element of a name below; empty if there is none. */
  public static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
