package org.kiban.backup.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Id;

/**
 * Reads the blob of a directory's tree. Strict: an unknown order, a name twice or one that leads
 * elsewhere is damage, or an attack on whoever restores it.
 */
public final class TreeReader {

  private static final JsonFactory JSON = new JsonFactory();

  private TreeReader() {}

  /** The entries, in the order of their names' bytes. */
  public static List<Node> read(byte[] blob, Id tree) throws DamagedException {
    String file = "tree " + tree;
    List<Node> nodes = new ArrayList<>();
    try (JsonParser in = JSON.createParser(blob)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new DamagedException(file, "is no tree");
      }
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        if (name.equals("nodes") && in.currentToken() == JsonToken.START_ARRAY) {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            nodes.add(new One().read(in));
          }
        } else {
          in.skipChildren();
        }
      }
    } catch (DamagedException e) {
      throw e;
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw new DamagedException(file, "is no tree");
    }
    check(nodes, file);
    return nodes;
  }

  private static void check(List<Node> nodes, String file) throws DamagedException {
    byte[] last = null;
    for (Node node : nodes) {
      byte[] name = node.name();
      if (name.length == 0
          || name.length == 1 && name[0] == '.'
          || name.length == 2 && name[0] == '.' && name[1] == '.') {
        throw new DamagedException(file, "holds a name that leads elsewhere");
      }
      for (byte b : name) {
        if (b == '/' || b == 0) {
          throw new DamagedException(file, "holds a name that leads elsewhere");
        }
      }
      if (last != null && Arrays.compareUnsigned(last, name) >= 0) {
        throw new DamagedException(file, "is not in order at " + Names.quote(name));
      }
      if (node.type() == Node.Type.DIR && node.subtree() == null) {
        throw new DamagedException(file, "a directory has no tree: " + Names.quote(name));
      }
      last = name;
    }
  }

  /** An entry while it is read. */
  private static final class One {
    private byte[] name = new byte[0];
    private Node.Type type = Node.Type.UNKNOWN;
    private final Time[] times = new Time[3];
    private final long[] numbers = new long[8];
    private String user = "";
    private String group = "";
    private byte[] target;
    private final List<Node.Attribute> attributes = new ArrayList<>();
    private final List<Id> content = new ArrayList<>(1);
    private Id subtree;

    Node read(JsonParser in) throws IOException {
      for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
        in.nextToken();
        switch (key) {
          case "name" -> name = Names.unquote(in.getText());
          case "type" -> type = Node.Type.of(in.getText());
          case "mtime" -> times[0] = Time.parse(in.getText());
          case "atime" -> times[1] = Time.parse(in.getText());
          case "ctime" -> times[2] = Time.parse(in.getText());
          case "mode" -> numbers[0] = number(in);
          case "uid" -> numbers[1] = number(in);
          case "gid" -> numbers[2] = number(in);
          case "inode" -> numbers[3] = number(in);
          case "device_id" -> numbers[4] = number(in);
          case "size" -> numbers[5] = number(in);
          case "links" -> numbers[6] = number(in);
          case "device" -> numbers[7] = number(in);
          case "user" -> user = in.getText();
          case "group" -> group = in.getText();
          case "linktarget" ->
              target = target == null ? in.getText().getBytes(StandardCharsets.UTF_8) : target;
          case "linktarget_raw" -> target = in.getBinaryValue();
          case "extended_attributes" -> attributes(in);
          case "content" -> content(in);
          case "subtree" -> subtree = Id.parse(in.getText());
          default -> in.skipChildren();
        }
      }
      Time mtime = times[0] == null ? new Time(0, 0) : times[0];
      return new Node(
          name,
          new Node.Meta(
              type,
              numbers[0],
              mtime,
              times[1] == null || times[1].equals(mtime) ? mtime : times[1],
              times[2] == null ? mtime : times[2],
              numbers[1],
              numbers[2],
              user,
              group,
              numbers[3],
              numbers[4],
              numbers[5],
              numbers[6],
              numbers[7],
              attributes.isEmpty() ? List.of() : attributes),
          content.isEmpty() ? List.of() : content,
          type == Node.Type.DIR ? subtree : null,
          type == Node.Type.SYMLINK && target == null ? new byte[0] : target);
    }

    private static long number(JsonParser in) throws IOException {
      return Long.parseUnsignedLong(in.getText());
    }

    private void content(JsonParser in) throws IOException {
      if (in.currentToken() == JsonToken.START_ARRAY) {
        while (in.nextToken() != JsonToken.END_ARRAY) {
          content.add(Id.parse(in.getText()));
        }
      }
    }

    private void attributes(JsonParser in) throws IOException {
      while (in.currentToken() == JsonToken.START_ARRAY && in.nextToken() != JsonToken.END_ARRAY
          || in.currentToken() == JsonToken.END_OBJECT
              && in.nextToken() == JsonToken.START_OBJECT) {
        String attribute = "";
        byte[] value = new byte[0];
        for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
          in.nextToken();
          if (key.equals("name")) {
            attribute = in.getText();
          } else if (key.equals("value") && in.currentToken() == JsonToken.VALUE_STRING) {
            value = in.getBinaryValue();
          }
        }
        attributes.add(new Node.Attribute(attribute, value));
      }
    }
  }
}
