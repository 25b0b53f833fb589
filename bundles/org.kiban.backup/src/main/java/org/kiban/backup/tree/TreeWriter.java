package org.kiban.backup.tree;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.kiban.backup.repository.Id;

/**
 * Writes a directory as the blob of its tree, byte for byte as other tools do, so that the same
 * directory has the same id whoever saves it.
 */
public final class TreeWriter {

  private final ZoneId zone;

  /** Writes times in that zone. */
  public TreeWriter(ZoneId zone) {
    this.zone = zone;
  }

  /** The blob; the nodes may be in any order. */
  public byte[] write(List<Node> nodes) {
    Node[] sorted = nodes.toArray(Node[]::new);
    Arrays.sort(sorted, (a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
    StringBuilder out = new StringBuilder(sorted.length * 420 + 16);
    out.append("{\"nodes\":[");
    for (int i = 0; i < sorted.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      node(sorted[i], out);
    }
    return out.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void node(Node node, StringBuilder out) {
    Node.Meta m = node.meta();
    out.append("{\"name\":");
    Names.json(Names.quote(node.name()), out);
    out.append(",\"type\":\"").append(m.type().word()).append('"');
    number(",\"mode\":", m.mode(), out);
    String mtime = m.mtime().text(zone);
    out.append(",\"mtime\":\"").append(mtime);
    out.append("\",\"atime\":\"")
        .append(m.atime().equals(m.mtime()) ? mtime : m.atime().text(zone));
    out.append("\",\"ctime\":\"")
        .append(m.ctime().equals(m.mtime()) ? mtime : m.ctime().text(zone));
    out.append("\",\"uid\":").append(m.uid());
    out.append(",\"gid\":").append(m.gid());
    text(",\"user\":", m.user(), out);
    text(",\"group\":", m.group(), out);
    number(",\"inode\":", m.inode(), out);
    number(",\"device_id\":", m.deviceId(), out);
    number(",\"size\":", m.size(), out);
    number(",\"links\":", m.links(), out);
    if (node.target() != null) {
      target(node.target(), out);
    }
    attributes(m.attributes(), out);
    number(",\"device\":", m.device(), out);
    out.append(",\"content\":");
    content(node, out);
    if (node.subtree() != null) {
      out.append(",\"subtree\":\"").append(node.subtree()).append('"');
    }
    out.append('}');
  }

  private static void number(String key, long value, StringBuilder out) {
    if (value != 0) {
      out.append(key).append(Long.toUnsignedString(value));
    }
  }

  private static void text(String key, String value, StringBuilder out) {
    if (!value.isEmpty()) {
      Names.json(value, out.append(key));
    }
  }

  private static void target(byte[] target, StringBuilder out) {
    String text = Names.utf8(target);
    Names.json(
        text == null ? new String(target, StandardCharsets.UTF_8) : text,
        out.append(",\"linktarget\":"));
    if (text == null) {
      out.append(",\"linktarget_raw\":\"")
          .append(Base64.getEncoder().encodeToString(target))
          .append('"');
    }
  }

  private static void attributes(List<Node.Attribute> attributes, StringBuilder out) {
    if (attributes.isEmpty()) {
      return;
    }
    out.append(",\"extended_attributes\":[");
    for (int i = 0; i < attributes.size(); i++) {
      Names.json(attributes.get(i).name(), out.append(i > 0 ? "," : "").append("{\"name\":"));
      out.append(",\"value\":\"")
          .append(Base64.getEncoder().encodeToString(attributes.get(i).value()))
          .append("\"}");
    }
    out.append(']');
  }

  private static void content(Node node, StringBuilder out) {
    if (node.type() != Node.Type.FILE) {
      out.append("null");
      return;
    }
    out.append('[');
    List<Id> content = node.content();
    for (int i = 0; i < content.size(); i++) {
      out.append(i > 0 ? ",\"" : "\"").append(content.get(i)).append('"');
    }
    out.append(']');
  }
}
