package org.kiban.exchange.remote;

import static org.kiban.platform.remote.S3Answers.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.kiban.exchange.api.Parcel;
import org.kiban.platform.remote.S3Address;
import org.kiban.platform.remote.S3Answers;
import org.kiban.platform.remote.S3Requests;
import org.kiban.platform.remote.S3Requests.Answer;
import org.kiban.platform.remote.S3Signature;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Objects below a prefix of a bucket. An object appears whole, at the end of its sending, and
 * carries the delivery that it is of, so that one that was sent before a crash is known again.
 */
final class S3Store implements Store {

  private static final int PART = 8 << 20;
  private static final String DELIVERY = "x-amz-meta-kiban-delivery";

  private final S3Address address;
  private final Requests requests;
  private final Map<String, String> headers;
  private final boolean keeps;

  /** Requests with the secret of the moment. */
  @FunctionalInterface
  interface Requests {
    /** Ready to send. */
    S3Requests now() throws IOException;
  }

  /**
   * On a bucket.
   *
   * @param headers of every object that is made: encryption, tags
   */
  S3Store(S3Address address, Requests requests, Map<String, String> headers, boolean keeps) {
    this.address = address;
    this.requests = requests;
    this.headers = Map.copyOf(headers);
    this.keeps = keeps;
  }

  @Override
  public List<Entry> list() throws IOException {
    String prefix = address.key("");
    Map<String, String> query =
        new HashMap<>(Map.of("list-type", "2", "prefix", prefix, "delimiter", "/"));
    List<Entry> entries = new ArrayList<>();
    while (true) {
      Answer answer = requests.now().send("GET", "", query, Map.of());
      Element page = S3Answers.parsed(S3Answers.done(answer, place("")).body());
      NodeList objects = page.getElementsByTagName("Contents");
      for (int i = 0; i < objects.getLength(); i++) {
        Element object = (Element) objects.item(i);
        String name = text(object, "Key").substring(prefix.length());
        if (!name.isEmpty()) {
          String version = text(object, "ETag") + text(object, "LastModified");
          entries.add(new Entry(name, Long.parseLong(text(object, "Size")), version));
        }
      }
      if (!text(page, "IsTruncated").equals("true")) {
        return entries;
      }
      query.put("continuation-token", text(page, "NextContinuationToken"));
    }
  }

  @Override
  public void read(Entry entry, long offset, OutputStream into) throws IOException {
    String key = address.key(entry.name());
    for (long at = offset; at < entry.size(); at += PART) {
      long last = Math.min(entry.size(), at + PART) - 1;
      Answer answer =
          requests.now().send("GET", key, Map.of(), Map.of("range", "bytes=" + at + "-" + last));
      byte[] part = S3Answers.done(answer, key).body();
      if (answer.status() != 206 && at > 0) {
        throw new IOException(key + ": the store does not give a part of an object");
      }
      into.write(part);
      if (answer.status() != 206 || part.length < last - at + 1) {
        return; // all of it, or an object that is shorter than was said
      }
    }
  }

  @Override
  public void retire(Entry entry) throws IOException {
    if (!keeps) {
      String key = address.key(entry.name());
      try {
        S3Answers.done(requests.now().send("DELETE", key, Map.of(), Map.of()), key);
      } catch (NoSuchFileException e) {
        return; // somebody else did
      }
    }
  }

  @Override
  public void publish(Parcel parcel, String name, Path content) throws IOException {
    String key = address.key(name);
    String mark = parcel.delivery() + "-" + HexFormat.of().formatHex(parcel.sha256(), 0, 8);
    Answer there = requests.now().send("HEAD", key, Map.of(), Map.of());
    if (there.status() != 404) {
      S3Answers.done(there, key);
      if (there.response().headers().firstValue(DELIVERY).filter(mark::equals).isEmpty()) {
        throw new FileAlreadyExistsException(place(name));
      }
      return;
    }
    Map<String, String> all = new HashMap<>(headers);
    all.put(DELIVERY, mark);
    try (InputStream in = Files.newInputStream(content)) {
      byte[] first = in.readNBytes(PART);
      if (first.length < PART) {
        String hash = S3Signature.hash(first, first.length);
        S3Answers.done(requests.now().put(key, all, first, first.length, hash), key);
      } else {
        sendInParts(key, all, first, in);
      }
    }
  }

  private void sendInParts(String key, Map<String, String> all, byte[] first, InputStream rest)
      throws IOException {
    S3Requests s3 = requests.now();
    Answer begun = s3.send("POST", key, Map.of("uploads", ""), all);
    String upload = text(S3Answers.parsed(S3Answers.done(begun, key).body()), "UploadId");
    StringBuilder parts = new StringBuilder("<CompleteMultipartUpload>");
    try {
      int number = 1;
      for (byte[] part = first; part.length > 0; part = rest.readNBytes(PART)) {
        Map<String, String> query =
            Map.of("partNumber", Integer.toString(number), "uploadId", upload);
        String hash = S3Signature.hash(part, part.length);
        Answer sent = s3.send("PUT", key, query, Map.of(), part, part.length, hash);
        String tag = S3Answers.done(sent, key).response().headers().firstValue("etag").orElse("");
        parts.append("<Part><PartNumber>").append(number).append("</PartNumber><ETag>");
        parts.append(tag).append("</ETag></Part>");
        number++;
      }
      byte[] end =
          parts.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8);
      String hash = S3Signature.hash(end, end.length);
      Map<String, String> query = Map.of("uploadId", upload);
      Answer done =
          S3Answers.done(s3.send("POST", key, query, Map.of(), end, end.length, hash), key);
      // A store may answer 200 and say in the text that it failed.
      if (!S3Answers.parsed(done.body()).getTagName().endsWith("Result")) {
        throw new IOException(key + ": the store did not put the parts together");
      }
    } catch (IOException e) {
      abandon(s3, key, upload);
      throw e;
    }
  }

  private static void abandon(S3Requests s3, String key, String upload) {
    try {
      s3.send("DELETE", key, Map.of("uploadId", upload), Map.of());
    } catch (IOException e) {
      return; // the bucket's own rules remove what was never completed
    }
  }

  @Override
  public String place(String name) {
    return address + (name.isEmpty() ? "" : "/" + name);
  }

  @Override
  public void close() {
    // the client ends with its last user
  }
}
