package org.kiban.backup.export;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.job.Values;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * What a municipality declares to be written from a backup for which purpose. {@code purposes}
 * names them, {@code <purpose>.sets} their data sets, {@code set.<name>.<key>} each of those.
 */
public final class Purposes {

  private static final String NAME = "[a-z0-9][a-z0-9-]{0,31}";

  private final String owner;
  private final Values values;

  /**
   * Reads nothing yet: what is wrong here must not keep backups from being made.
   *
   * @param owner the municipality's code
   */
  public Purposes(String owner, Values values) {
    this.owner = owner;
    this.values = values;
  }

  /** The municipality's code. */
  String owner() {
    return owner;
  }

  /** Their names, in the order of the configuration. */
  public List<String> names() {
    return values.list("purposes", List.of());
  }

  /**
   * Reads all of them.
   *
   * @throws KibanException naming file, key and value of what is wrong
   */
  public void check() {
    names().forEach(this::require);
  }

  /**
   * Returns if a purpose is declared, and rightly.
   *
   * @throws KibanException if not
   */
  public void require(String purpose) {
    sets(purpose);
  }

  /**
   * A purpose's data sets, in order.
   *
   * @throws KibanException if there is no such purpose, or naming file, key and value that is wrong
   */
  List<DataSet> sets(String purpose) {
    if (!names().contains(purpose)) {
      throw new KibanException(
          Outcome.USAGE, BackupMessage.NO_PURPOSE, owner, purpose, String.join(", ", names()));
    }
    if (!purpose.matches(NAME)) {
      throw values.wrong("purposes", purpose);
    }
    String key = purpose + ".sets";
    Map<String, DataSet> sets = new LinkedHashMap<>();
    for (String name : values.list(key, List.of())) {
      if (!name.matches(NAME) || sets.put(name, set(name)) != null) {
        throw values.wrong(key, name);
      }
    }
    if (sets.isEmpty()) {
      throw values.wrong(key, "[]");
    }
    return List.copyOf(sets.values());
  }

  private DataSet set(String name) {
    String key = "set." + name + '.';
    return new DataSet(
        name,
        values.text(key + "title", name),
        values.text(key + "about", ""),
        files(key + "files"),
        isNewest(key + "take"),
        charset(key + "charset"),
        delimiter(key + "delimiter"),
        columns(key + "columns"));
  }

  private List<String> files(String key) {
    List<String> patterns = values.list(key, List.of());
    if (patterns.isEmpty()) {
      throw values.wrong(key, "[]");
    }
    patterns.stream()
        .filter(p -> !p.startsWith("/"))
        .findFirst()
        .ifPresent(
            p -> {
              throw values.wrong(key, p);
            });
    return patterns;
  }

  private boolean isNewest(String key) {
    String word = values.text(key, "newest");
    if (!List.of("newest", "all").contains(word)) {
      throw values.wrong(key, word);
    }
    return word.equals("newest");
  }

  private Charset charset(String key) {
    String name = values.text(key, "UTF-8");
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw values.wrong(key, name);
    }
  }

  private char delimiter(String key) {
    String word = values.text(key, ",");
    if (word.equals("tab")) {
      return '\t';
    }
    if (word.length() != 1 || "\"\r\n".contains(word)) {
      throw values.wrong(key, word);
    }
    return word.charAt(0);
  }

  private List<DataSet.Column> columns(String key) {
    List<DataSet.Column> columns =
        values.list(key, List.of()).stream().map(DataSet.Column::parse).toList();
    if (columns.stream().anyMatch(c -> c.name().isEmpty())) {
      throw values.wrong(key, "''");
    }
    return columns;
  }
}
