package org.kiban.addon.pack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kiban.core.Digests;

/**
 * {@code META-INF/kiban/entries}: the files of a package with their hashes, in the one form in
 * which they can be written, because that is what is signed. A first line that says what it is, so
 * that a signature of something else is never taken for one of it; then {@code <sha256> <size>
 * <path>}, sorted by path.
 *
 * @param entries sorted by path
 */
public record EntryList(List<Entry> entries) {

  public static final String PATH = "META-INF/kiban/entries";
  private static final String HEAD = "kiban-addon 1\n";
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64}) (0|[1-9][0-9]{0,17}) ([!-~]+)");

  /** Sorts. */
  public static EntryList of(List<Entry> entries) {
    return new EntryList(entries.stream().sorted(Comparator.comparing(Entry::path)).toList());
  }

  /** Reads a list; any other form than that of {@link #toBytes} is refused. */
  static EntryList parse(byte[] content) {
    String text = new String(content, StandardCharsets.US_ASCII);
    if (!text.startsWith(HEAD)) {
      throw wrong(1, "it does not begin with kiban-addon 1", "kiban-addon 1 で始まっていません");
    }
    List<Entry> entries = new ArrayList<>();
    int number = 1;
    String before = "";
    for (String line : text.substring(HEAD.length()).split("\n", -1)) {
      number++;
      Matcher m = LINE.matcher(line);
      if (m.matches()) {
        if (m.group(3).compareTo(before) <= 0) {
          throw wrong(number, "not sorted, or twice", "並び順が誤りか、重複しています");
        }
        before = m.group(3);
        entries.add(new Entry(before, Long.parseLong(m.group(2)), m.group(1)));
      } else if (!line.isEmpty()) {
        throw wrong(number, "not <sha256> <size> <path>", "<sha256> <サイズ> <パス> の形ではありません");
      }
    }
    EntryList list = new EntryList(List.copyOf(entries));
    if (!Arrays.equals(list.toBytes(), content)) {
      throw wrong(number, "not in the canonical form", "正規の形ではありません");
    }
    return list;
  }

  private static RuntimeException wrong(int line, String en, String ja) {
    return PackMessage.WRONG_LIST.refuse(line, Why.of(en, ja));
  }

  public byte[] toBytes() {
    return entries.stream()
        .map(e -> e.sha256() + ' ' + e.size() + ' ' + e.path() + '\n')
        .collect(Collectors.joining("", HEAD, ""))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** What identifies the package's content: the hash of the list. */
  String sha256() {
    return Digests.sha256(toBytes());
  }
}
