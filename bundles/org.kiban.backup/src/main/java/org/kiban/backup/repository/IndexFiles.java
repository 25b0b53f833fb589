package org.kiban.backup.repository;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The files of an index: JSON, up to some ten megabytes each, so read as a stream. */
final class IndexFiles {

  private static final JsonFactory JSON = new JsonFactory();

  private IndexFiles() {}

  static byte[] encode(Map<Id, List<PackedBlob>> packs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeArrayFieldStart("packs");
      for (Map.Entry<Id, List<PackedBlob>> pack : packs.entrySet()) {
        out.writeStartObject();
        out.writeStringField("id", pack.getKey().toString());
        out.writeArrayFieldStart("blobs");
        for (PackedBlob blob : pack.getValue()) {
          out.writeStartObject();
          out.writeStringField("id", blob.id().toString());
          out.writeStringField("type", blob.type().word());
          out.writeNumberField("offset", blob.offset());
          out.writeNumberField("length", blob.length());
          if (blob.plain() >= 0) {
            out.writeNumberField("uncompressed_length", blob.plain());
          }
          out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  static void decode(byte[] json, String file, BiConsumer<Id, List<PackedBlob>> packs)
      throws DamagedException {
    try (JsonParser in = JSON.createParser(json)) {
      expect(in.nextToken() == JsonToken.START_OBJECT, file);
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        if (name.equals("packs") && in.currentToken() == JsonToken.START_ARRAY) {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            pack(in, file, packs);
          }
        } else {
          in.skipChildren();
        }
      }
    } catch (DamagedException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedException(file, "is no index");
    }
  }

  private static void expect(boolean right, String file) throws DamagedException {
    if (!right) {
      throw new DamagedException(file, "is no index");
    }
  }

  private static void pack(JsonParser in, String file, BiConsumer<Id, List<PackedBlob>> packs)
      throws IOException {
    Id id = null;
    List<PackedBlob> blobs = new ArrayList<>();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      if (name.equals("id")) {
        id = Id.parse(in.getText());
      } else if (name.equals("blobs") && in.currentToken() == JsonToken.START_ARRAY) {
        while (in.nextToken() == JsonToken.START_OBJECT) {
          blobs.add(blob(in));
        }
      } else {
        in.skipChildren();
      }
    }
    expect(id != null, file);
    packs.accept(id, blobs);
  }

  private static PackedBlob blob(JsonParser in) throws IOException {
    Id id = null;
    BlobType type = null;
    int offset = -1;
    int length = -1;
    int plain = -1;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      switch (name) {
        case "id" -> id = Id.parse(in.getText());
        case "type" -> type = in.getText().equals("data") ? BlobType.DATA : BlobType.TREE;
        case "offset" -> offset = in.getIntValue();
        case "length" -> length = in.getIntValue();
        case "uncompressed_length" -> plain = in.getIntValue() == 0 ? -1 : in.getIntValue();
        default -> in.skipChildren();
      }
    }
    if (id == null || type == null || offset < 0 || length < Envelope.OVERHEAD) {
      throw new IllegalArgumentException("not a blob");
    }
    return new PackedBlob(type, id, offset, length, plain);
  }
}
