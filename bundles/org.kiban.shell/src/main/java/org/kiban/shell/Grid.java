package org.kiban.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;

/**
 * Lines up cells by what a terminal shows: a kanji is two columns wide, which Karaf's own table
 * does not know.
 */
final class Grid {

  private static final String BETWEEN = " | ";

  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  Grid(List<String> titles) {
    this.titles = List.copyOf(titles);
  }

  void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  List<String> lines() {
    int[] widths =
        IntStream.range(0, titles.size())
            .map(
                i ->
                    IntStream.concat(
                            IntStream.of(width(titles.get(i))),
                            rows.stream().mapToInt(r -> width(r.get(i))))
                        .max()
                        .orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>();
    lines.add(line(titles, widths));
    lines.add(IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("-+-")));
    rows.forEach(r -> lines.add(line(r, widths)));
    return lines;
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - width(cells.get(i))))
        .collect(Collectors.joining(BETWEEN))
        .stripTrailing();
  }

  static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }
}
