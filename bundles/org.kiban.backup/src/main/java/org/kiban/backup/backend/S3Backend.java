package org.kiban.backup.backend;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.Id;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.platform.remote.RefusedException;
import org.kiban.platform.remote.S3Address;
import org.kiban.platform.remote.S3Answers;
import org.kiban.platform.remote.S3Requests;
import org.kiban.platform.remote.S3Requests.Answer;
import org.kiban.platform.remote.S3Signature;
import org.kiban.platform.remote.Throttle;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A part of a bucket of an S3-compatible store. The store holds every object to its SHA-256 as it
 * arrives.
 */
public final class S3Backend implements Backend {

  private final S3Address address;
  private final S3Requests requests;
  private final Optional<ObjectLock> lock;
  private final InstantSource clock;

  /**
   * For how long nobody, whatever his credential, may remove what is stored.
   *
   * @param mode {@code COMPLIANCE}, or {@code GOVERNANCE}, which some may override
   */
  public record ObjectLock(String mode, Duration retention) {}

  /**
   * Connects when it is first used.
   *
   * @param secret id and key of the access key with a colon between them
   * @param lock for all but the repository's locks; the bucket must have been made for it
   */
  public S3Backend(
      S3Address address,
      String secret,
      Optional<ObjectLock> lock,
      InstantSource clock,
      Throttle up,
      Throttle down) {
    this.address = address;
    this.lock = lock;
    this.clock = clock;
    int colon = secret.indexOf(':');
    if (colon < 1) {
      throw refused("the secret is not of the form id:key");
    }
    S3Signature signature =
        new S3Signature(
            secret.substring(0, colon), secret.substring(colon + 1).strip(), address.region());
    this.requests = new S3Requests(address, signature, clock, up, down);
  }

  private KibanException refused(String reason) {
    return new KibanException(Outcome.REFUSED, BackupMessage.NO_ACCESS, address.toString(), reason);
  }

  @Override
  public String location() {
    return address.toString();
  }

  /** Makes the bucket if it is missing; who may not look leaves it to what comes next. */
  @Override
  public void create() throws IOException {
    if (requests.send("HEAD", "", Map.of(), Map.of()).status() == 404) {
      done(requests.send("PUT", "", Map.of(), Map.of()), address.bucket());
    }
  }

  private String key(Kind kind, String name) {
    return address.key(kind.path(name));
  }

  @Override
  public void save(Kind kind, String name, byte[] content, int length) throws IOException {
    String key = key(kind, name);
    if (find(key) >= 0) {
      throw new FileAlreadyExistsException(key);
    }
    Map<String, String> headers = new HashMap<>();
    if (kind != Kind.LOCK && lock.isPresent()) {
      headers.put("x-amz-object-lock-mode", lock.get().mode());
      headers.put(
          "x-amz-object-lock-retain-until-date",
          clock.instant().plus(lock.get().retention()).truncatedTo(ChronoUnit.SECONDS).toString());
      headers.put("content-md5", md5(content, length)); // without it no store takes the others
    }
    // A file's name is its hash already.
    String hash = kind == Kind.CONFIG ? S3Signature.hash(content, length) : name;
    done(requests.put(key, headers, content, length, hash), key);
  }

  private static String md5(byte[] content, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(content, 0, length);
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] load(Kind kind, String name) throws IOException {
    String key = key(kind, name);
    return done(requests.send("GET", key, Map.of(), Map.of()), key).body();
  }

  @Override
  public void load(Kind kind, String name, long offset, byte[] into, int length)
      throws IOException {
    String key = key(kind, name);
    String range = "bytes=" + offset + '-' + (offset + length - 1);
    Answer answer = requests.send("GET", key, Map.of(), Map.of("range", range));
    if (answer.status() == 416) {
      throw new EOFException(key + " ends before " + offset);
    }
    byte[] part = done(answer, key).body();
    if (answer.status() != 206) {
      throw new IOException(key + ": the store does not give a part of an object");
    }
    if (part.length < length) {
      throw new EOFException(key + " ends before " + (offset + length));
    }
    System.arraycopy(part, 0, into, 0, length);
  }

  /** An object's size, or -1 if it is missing. */
  private long find(String key) throws IOException {
    Answer answer = requests.send("HEAD", key, Map.of(), Map.of());
    return answer.status() == 404 ? -1 : done(answer, key).length();
  }

  @Override
  public long size(Kind kind, String name) throws IOException {
    long size = find(key(kind, name));
    if (size < 0) {
      throw new NoSuchFileException(key(kind, name));
    }
    return size;
  }

  @Override
  public List<Entry> list(Kind kind) throws IOException {
    List<Entry> entries = new ArrayList<>();
    String start = address.key("");
    String below = listed(kind);
    Map<String, String> query = new HashMap<>(Map.of("list-type", "2", "prefix", start + below));
    while (true) {
      Element page =
          S3Answers.parsed(done(requests.send("GET", "", query, Map.of()), below).body());
      NodeList objects = page.getElementsByTagName("Contents");
      for (int i = 0; i < objects.getLength(); i++) {
        Element object = (Element) objects.item(i);
        String path = S3Answers.text(object, "Key").substring(start.length());
        String name = path.substring(path.lastIndexOf('/') + 1);
        if ((kind == Kind.CONFIG || Id.isName(name)) && path.equals(kind.path(name))) {
          entries.add(new Entry(name, Long.parseLong(S3Answers.text(object, "Size"))));
        }
      }
      if (!S3Answers.text(page, "IsTruncated").equals("true")) {
        return entries;
      }
      query.put("continuation-token", S3Answers.text(page, "NextContinuationToken"));
    }
  }

  @Override
  public void delete(Kind kind, String name) throws IOException {
    size(kind, name);
    String key = key(kind, name);
    done(requests.send("DELETE", key, Map.of(), Map.of()), key);
  }

  @Override
  public int bringBack() throws IOException {
    S3Versions versions =
        new S3Versions(
            query ->
                S3Answers.parsed(
                    done(requests.send("GET", "", query, Map.of()), "versions").body()),
            (key, version) ->
                done(requests.send("DELETE", key, Map.of("versionId", version), Map.of()), key));
    int count = 0;
    for (Kind kind : Kind.values()) {
      if (kind != Kind.LOCK) {
        count = versions.bringBack(address.key(listed(kind)));
      }
    }
    return count;
  }

  private static String listed(Kind kind) {
    return kind == Kind.CONFIG ? "config" : kind.directory() + '/';
  }

  private Answer done(Answer answer, String key) throws IOException {
    try {
      return S3Answers.done(answer, key);
    } catch (RefusedException e) {
      throw Named.of(e, address.toString());
    }
  }

  @Override
  public void close() {
    // the client ends with its last user
  }
}
