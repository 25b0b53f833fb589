package org.kiban.control;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Lets an argument be completed of which nothing is typed yet. Karaf's parser cuts off the blank
 * before it and takes the command for the word at the cursor, so that a tab offers nothing. For a
 * moment a letter is put there; whoever completes sees an empty word.
 */
public final class EmptyWord implements Parser {

  private static final String LETTER = "x";

  private final Parser parser;

  /**
   * @param parser what understands lines
   */
  public EmptyWord(Parser parser) {
    this.parser = parser;
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.COMPLETE && isBetweenWords(line, cursor)) {
      String filled = line.substring(0, cursor) + LETTER + line.substring(cursor);
      ParsedLine parsed = parser.parse(filled, cursor, context);
      if (LETTER.equals(parsed.word())) {
        return new Emptied(line, cursor, parsed.wordIndex(), emptied(parsed));
      }
    }
    return parser.parse(line, cursor, context);
  }

  @Override
  public boolean isEscapeChar(char ch) {
    return parser.isEscapeChar(ch);
  }

  private static boolean isBetweenWords(String line, int cursor) {
    return !line.substring(0, cursor).isBlank()
        && Character.isWhitespace(line.charAt(cursor - 1))
        && (cursor == line.length() || Character.isWhitespace(line.charAt(cursor)));
  }

  private static List<String> emptied(ParsedLine parsed) {
    List<String> words = new ArrayList<>(parsed.words());
    words.set(parsed.wordIndex(), "");
    return List.copyOf(words);
  }

  private record Emptied(String line, int cursor, int wordIndex, List<String> words)
      implements ParsedLine {

    @Override
    public String word() {
      return "";
    }

    @Override
    public int wordCursor() {
      return 0;
    }
  }
}
