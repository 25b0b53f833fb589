package org.kiban.backup.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kiban.backup.repository.Snapshot;
import org.kiban.core.storage.DurableFiles;

/** The text beside the tables: what they are, as of when, made of what. */
final class Description {

  /** Its name. */
  static final String FILE = "説明.txt";

  private final String owner;
  private final String purpose;
  private final Snapshot snapshot;
  private final List<DataSet> sets;
  private final List<Export.Written> written;
  private final List<String> lines = new ArrayList<>();

  Description(
      String owner,
      String purpose,
      Snapshot snapshot,
      List<DataSet> sets,
      List<Export.Written> written) {
    this.owner = owner;
    this.purpose = purpose;
    this.snapshot = snapshot;
    this.sets = sets;
    this.written = written;
  }

  /** Writes it, in UTF-8 with a byte order mark. */
  void write(DurableFiles files, Path file) throws IOException {
    add("団体 / municipality", owner);
    add("用途 / purpose", purpose);
    add("時点 / as of", snapshot.localTime() + "  " + snapshot.id().brief());
    lines.add("文字コード UTF-8(BOM つき)、区切り「,」、RFC 4180。= + - @ で始まる値には、数式にならないように ' を付けた。");
    lines.add(
        "UTF-8 with a byte order mark, RFC 4180; ' stands before a value that begins with = + - @.");
    lines.add("表計算ソフトで先頭の 0 を残すには、列を文字列として取り込む。 / Import columns as text to keep leading zeros.");
    for (int i = 0; i < sets.size(); i++) {
      describe(sets.get(i), written.get(i));
    }
    String text = "\uFEFF" + String.join("\r\n", lines) + "\r\n";
    files.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void describe(DataSet set, Export.Written table) {
    lines.add("");
    lines.add("■ " + set.title() + (table.file().isEmpty() ? "" : "  " + table.file()));
    if (!set.about().isEmpty()) {
      lines.add(set.about());
    }
    add("行数 / rows", Long.toString(table.rows()));
    add("SHA-256", table.sha256());
    table.sources().forEach(s -> add("元のファイル / made of", s));
    if (!table.problem().isEmpty()) {
      add("注意 / mind", table.problem());
    }
    for (int i = 0; i < table.columns().size(); i++) {
      String about = i < set.columns().size() ? set.columns().get(i).about() : "";
      lines.add(
          "  " + (i + 1) + ". " + table.columns().get(i) + (about.isEmpty() ? "" : ": " + about));
    }
  }

  private void add(String title, String value) {
    lines.add(title + ": " + value);
  }
}
