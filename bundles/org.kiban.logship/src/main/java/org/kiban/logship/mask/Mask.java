package org.kiban.logship.mask;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes unreadable what must not leave: 個人番号, and what the configured patterns find. Works in place
 * on UTF-8 and moves nothing: what is hidden becomes as many asterisks as it had bytes (個人番号: as it
 * had digits). Not for several threads; each takes its own.
 */
public final class Mask {

  private final List<Pattern> patterns;
  private final Numbers numbers = new Numbers();

  /**
   * @param patterns what else is to be hidden; where a pattern has a group, the first group only
   */
  public Mask(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Masks lines in place. A pattern is held to one line at a time.
   *
   * @param text lines that end with a line feed, the last need not
   */
  public void apply(byte[] text, int from, int to) {
    numbers.mask(text, from, to);
    if (patterns.isEmpty()) {
      return;
    }
    int start = from;
    for (int at = from; at <= to; at++) {
      if (at == to || text[at] == '\n') {
        hide(text, start, at);
        start = at + 1;
      }
    }
  }

  /** A text, masked. */
  public String apply(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    apply(bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void hide(byte[] text, int from, int to) {
    Charset charset = StandardCharsets.UTF_8;
    String line;
    try {
      line = charset.newDecoder().decode(ByteBuffer.wrap(text, from, to - from)).toString();
    } catch (CharacterCodingException e) {
      // Not UTF-8: what is ASCII in it can still be found, each byte in its place.
      charset = StandardCharsets.ISO_8859_1;
      line = new String(text, from, to - from, charset);
    }
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(line);
      while (matcher.find()) {
        int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
        int start = from + line.substring(0, matcher.start(group)).getBytes(charset).length;
        int length = matcher.group(group).getBytes(charset).length;
        java.util.Arrays.fill(text, start, start + length, (byte) '*');
      }
    }
  }
}
