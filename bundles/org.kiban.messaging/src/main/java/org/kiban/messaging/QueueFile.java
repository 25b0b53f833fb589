package org.kiban.messaging;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;

/**
 * How a municipality's messages lie in a file:
 *
 * <pre>
 * "kiban-queues 1\n", code, stamp (each as UTF of a length in two bytes)
 * number of queues (4 bytes); of each its settings as JSON, with a length in 4 bytes
 * of each message: its queue (4 bytes), length (4 bytes), header, properties and body as Artemis
 *   stores them; length of what follows if it is a large message (8 bytes, else -1), its body
 * -1 (4 bytes), number of messages (8 bytes), SHA-256 of all before
 * </pre>
 *
 * @param code whose they are
 * @param stamp of this file alone
 * @param queues where messages lie
 */
record QueueFile(String code, String stamp, List<QueueConfiguration> queues) {

  /** Its name, in a municipality's directory of messaging. */
  static final String NAME = "restored.queues";

  /** In the place of a queue: there is no more. */
  static final int END = -1;

  /** In the place of a length: the message holds its own body. */
  static final long WHOLE = -1;

  /** More than any message that is not a large one. */
  static final int LONGEST = 256 << 20;

  /** How much of a body is held at a time. */
  static final int SLICE = 1 << 16;

  private static final byte[] BEGINNING = "kiban-queues 1\n".getBytes(StandardCharsets.US_ASCII);

  void write(DataOutputStream out) throws IOException {
    out.write(BEGINNING);
    out.writeUTF(code);
    out.writeUTF(stamp);
    out.writeInt(queues.size());
    for (QueueConfiguration queue : queues) {
      byte[] json = queue.toJSON().getBytes(StandardCharsets.UTF_8);
      out.writeInt(json.length);
      out.write(json);
    }
  }

  /**
   * Reads the beginning.
   *
   * @throws IOException if it is none
   */
  static QueueFile read(DataInputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(BEGINNING.length), BEGINNING)) {
      throw new IOException("it does not begin as messages of a municipality do");
    }
    String code = in.readUTF();
    String stamp = in.readUTF();
    int count = in.readInt();
    List<QueueConfiguration> queues = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String json = new String(bytes(in, in.readInt()), StandardCharsets.UTF_8);
      queues.add(queue(json));
    }
    return new QueueFile(code, stamp, queues);
  }

  private static QueueConfiguration queue(String json) throws IOException {
    try {
      return QueueConfiguration.fromJSON(json);
    } catch (RuntimeException e) {
      throw new IOException("no settings of a queue: " + json, e);
    }
  }

  /** Reads so many bytes. */
  static byte[] bytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > LONGEST) {
      throw new IOException("a length of " + length + " in it");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it ends too early");
    }
    return bytes;
  }

  /** Takes the body of a large message. */
  interface Body {
    void add(byte[] slice) throws Exception;
  }

  /** Reads so many bytes, a part at a time; never skips, since a digest sees what is read only. */
  static void body(DataInputStream in, long length, Body body) throws Exception {
    for (long left = length; left > 0; ) {
      byte[] slice = bytes(in, (int) Math.min(SLICE, left));
      body.add(slice);
      left -= slice.length;
    }
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
