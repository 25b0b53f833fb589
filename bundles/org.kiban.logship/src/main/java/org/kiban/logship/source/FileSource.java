package org.kiban.logship.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.kiban.core.storage.DurableFiles;
import org.kiban.logship.parse.Packer.Tail;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.SourceId;

/**
 * Files by pattern. Tells which file is which: one that was renamed or compressed is the one that
 * it was, one that was emptied and filled again is another, and a copy that rotation makes takes
 * over from its original once that was emptied. What it knows survives a restart.
 */
public final class FileSource implements Source {

  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final Duration WRITE_EVERY = Duration.ofSeconds(5);
  private static final int ID_DIGITS = 32;

  private final String name;
  private final String salt;
  private final Finder finder;
  private final Profile profile;
  private final boolean fromEnd;
  private final Duration settle;
  private final Catalog catalog;
  private final InstantSource clock;
  private final Map<SourceId, Known> known = new LinkedHashMap<>();
  private final Map<SourceId, FileStream> streams = new HashMap<>();
  private final Map<SourceId, Found> last = new HashMap<>();
  private boolean news;
  private boolean looked;
  private Instant written = Instant.MIN;

  /**
   * @param name of the source in the configuration
   * @param salt what tells the identities of this node and municipality from those of others
   * @param pattern an absolute path; {@code *} and {@code ?} within a name, {@code **} over
   *     directories
   * @param allowed which files may be read, by their real paths
   * @param profile how the files are written
   * @param fromEnd whether what is there at the very first look is left out
   * @param settle how long a file that was renamed must rest until nothing more is expected of it
   * @param memory the file that remembers
   * @throws IOException if that cannot be read
   */
  public FileSource(
      String name,
      String salt,
      String pattern,
      Predicate<Path> allowed,
      Profile profile,
      boolean fromEnd,
      Duration settle,
      Path memory,
      DurableFiles files,
      InstantSource clock)
      throws IOException {
    this.name = name;
    this.salt = salt;
    this.finder = new Finder(pattern, allowed);
    this.profile = profile;
    this.fromEnd = fromEnd && !Files.exists(memory);
    this.settle = settle;
    this.catalog = new Catalog(memory, files);
    this.clock = clock;
    for (Known k : catalog.read()) {
      known.put(k.origin().id(), k);
      streams.put(k.origin().id(), new FileStream(k, profile));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Stream> look() throws IOException {
    remember();
    Map<SourceId, Found> bound = new HashMap<>();
    List<Found> unknown = new ArrayList<>();
    for (Found file : finder.find()) {
      Optional<Known> same = same(file, bound.keySet());
      same.ifPresentOrElse(k -> bound.put(k.origin().id(), file), () -> unknown.add(file));
    }
    for (Found file : unknown) {
      if (file.size() > 0) {
        recognise(file, bound);
      }
    }
    bind(bound);
    looked = true;
    write();
    List<Stream> all = new ArrayList<>(streams.values());
    all.sort(Comparator.comparing(s -> s.origin().born()));
    return all;
  }

  /** The known file that this one still is. */
  private Optional<Known> same(Found file, Set<SourceId> taken) throws IOException {
    Optional<Known> newest =
        known.values().stream()
            .filter(k -> k.key().matches(file.key()) && !taken.contains(k.origin().id()))
            .max(Comparator.comparingInt(Known::generation));
    return newest.isPresent() && isStill(newest.get(), file) ? newest : Optional.empty();
  }

  private boolean isStill(Known k, Found file) throws IOException {
    if (k.packed().is(file)) {
      return true; // nobody writes into what is compressed
    }
    Found before = last.get(k.origin().id());
    if (before != null
        && before.size() == file.size()
        && before.modified().equals(file.modified())) {
      return true;
    }
    return isLike(k, file);
  }

  /** Whether a file begins as a known one and has what was read of it. */
  private boolean isLike(Known k, Found file) {
    if (!file.isCompressed() && file.size() < k.size()) {
      return false;
    }
    try {
      return Content.begins(Content.prefix(file), k.prefix(), k.prefixHash())
          && Content.holds(file, k.mark())
          && file.isStillThere();
    } catch (IOException e) {
      return false; // gone meanwhile, or compressing has not finished
    }
  }

  /** Finds out what a file is that is not where it was, or was never seen. */
  private void recognise(Found file, Map<SourceId, Found> bound) {
    Optional<Known> moved =
        known.values().stream()
            .filter(k -> !bound.containsKey(k.origin().id()) && isLike(k, file))
            .max(Comparator.comparingLong(k -> k.mark().offset()));
    if (moved.isPresent()) {
      bound.put(moved.get().origin().id(), file);
      return;
    }
    if (file.isCompressed() && !rests(file)) {
      return; // it is being written, most likely from a file that is known
    }
    try {
      byte[] prefix = Content.prefix(file);
      if (isWhole(prefix, file) && !isCopy(file, prefix, bound)) {
        Known k = first(file, prefix);
        if (!file.isStillThere()) {
          return; // it was another file's content: the next look tells
        }
        known.put(k.origin().id(), k);
        streams.put(k.origin().id(), new FileStream(k, profile));
        bound.put(k.origin().id(), file);
        news = true;
      }
    } catch (IOException e) {
      return; // gone meanwhile, or compressing has not finished: the next look tells
    }
  }

  /** Whether enough is there to tell it from others for good. */
  private boolean isWhole(byte[] prefix, Found file) {
    return prefix.length == Content.PREFIX
        || prefix.length > 0 && Content.firstLine(prefix).length < prefix.length
        || prefix.length > 0 && prefix[prefix.length - 1] == '\n'
        || prefix.length > 0 && rests(file);
  }

  /**
   * Whether rotation is copying a file that is there: it takes over once that was emptied. Only a
   * name that goes on from the original's can be such a copy.
   */
  private boolean isCopy(Found file, byte[] prefix, Map<SourceId, Found> bound) throws IOException {
    for (Map.Entry<SourceId, Found> entry : bound.entrySet()) {
      Found original = entry.getValue();
      if (isRotatedName(original.path(), file.path())) {
        byte[] begin = Content.prefix(original);
        Known k = known.get(entry.getKey());
        if (!original.isStillThere() || !Content.begins(begin, k.prefix(), k.prefixHash())) {
          throw new IOException(original.path() + " was renamed or emptied meanwhile");
        }
        int common = Math.min(begin.length, prefix.length);
        if (common > 0 && java.util.Arrays.equals(begin, 0, common, prefix, 0, common)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isRotatedName(Path original, Path copy) {
    String name = original.getFileName().toString();
    String other = copy.getFileName().toString();
    return other.startsWith(name + '.') || other.startsWith(name + '-');
  }

  private Known first(Found file, byte[] prefix) throws IOException {
    int generation = (int) known.values().stream().filter(k -> k.key().matches(file.key())).count();
    String identity =
        String.join(
            "\n",
            salt,
            name,
            Long.toString(file.key().device()),
            Long.toString(file.key().inode()),
            Long.toString(file.key().birth()),
            Integer.toString(generation));
    String hash =
        Content.hash(identity.getBytes(StandardCharsets.UTF_8), Content.firstLine(prefix));
    Origin origin =
        new Origin(
            new SourceId(hash.substring(0, ID_DIGITS)), name, file.path().toString(), file.born());
    return new Known(
        origin,
        file.path().toString(),
        file.key(),
        generation,
        prefix.length,
        Content.hash(prefix),
        Mark.NONE,
        0,
        fromEnd && !looked ? Content.end(file) : 0,
        Known.Packed.NONE.at(file),
        clock.instant());
  }

  private void bind(Map<SourceId, Found> bound) throws IOException {
    last.clear();
    last.putAll(bound);
    for (Map.Entry<SourceId, FileStream> entry : Map.copyOf(streams).entrySet()) {
      Known before = known.get(entry.getKey());
      Found file = bound.get(entry.getKey());
      if (file == null) {
        entry.getValue().gone();
        forget(before);
      } else {
        Known now = longer(before.at(file, file.isCompressed() ? 0 : file.size(), clock.instant()));
        news |= now.isNews(before);
        known.put(entry.getKey(), now);
        entry.getValue().found(file, tail(now, file), now);
      }
    }
  }

  /** Knows a file by more of its beginning as soon as there is more. */
  private static Known longer(Known k) throws IOException {
    if (k.prefix() == Content.PREFIX || k.size() <= k.prefix()) {
      return k;
    }
    byte[] prefix = Content.prefix(Found.at(Path.of(k.path())));
    return Content.begins(prefix, k.prefix(), k.prefixHash())
        ? k.with(prefix.length, Content.hash(prefix))
        : k;
  }

  private Tail tail(Known k, Found file) {
    if (file.isCompressed()) {
      return Tail.ENDED;
    }
    boolean rotated = !k.origin().name().equals(k.path()) || !finder.isDeclared(file.path());
    if (!rests(file)) {
      return Tail.OPEN;
    }
    return rotated ? Tail.ENDED : Tail.QUIET;
  }

  private boolean rests(Found file) {
    return file.modified().plus(settle).isBefore(clock.instant());
  }

  private void forget(Known k) {
    if (k.seen().plus(REMEMBERED).isBefore(clock.instant())) {
      known.remove(k.origin().id());
      streams.remove(k.origin().id());
      news = true;
    }
  }

  private void write() throws IOException {
    Instant now = clock.instant();
    if (news || now.isAfter(written.plus(WRITE_EVERY))) {
      catalog.write(known.values());
      news = false;
      written = now;
    }
  }

  private void remember() {
    streams.forEach((id, s) -> known.computeIfPresent(id, (i, k) -> k.with(s.mark(), s.end())));
  }

  @Override
  public void close() throws IOException {
    remember();
    catalog.write(known.values());
  }
}
