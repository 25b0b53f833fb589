package org.kiban.node.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a configuration file, changed in one place at a time so that the operator's comments,
 * order and layout stay. Works on text that was already read as one valid JSON object. Immutable.
 */
final class JsonText {

  private final String text;

  /** A piece of the text: from the first character to the one after the last. */
  private record Span(int start, int end) {}

  /** A member of the object. */
  private record Member(String name, Span key, Span value) {}

  JsonText(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }

  /** Sets a member to true or false; a new one goes after another member. */
  JsonText set(String name, boolean value, String after) {
    Optional<Member> there = member(name);
    if (there.isPresent()) {
      return replace(there.get().value(), String.valueOf(value));
    }
    Member before = member(after).orElseThrow();
    String gap = text.substring(gapStart(before.key().start()), before.key().start());
    String separator = gap.contains("\n") ? lastLine(gap) : " ";
    return insert(before.value().end(), "," + separator + '"' + name + "\": " + value);
  }

  /** Adds a text to an array, laid out like the elements before it. */
  JsonText add(String name, String element) {
    Span array = member(name).orElseThrow().value();
    List<Span> elements = elements(array);
    String quoted = '"' + element + '"';
    if (elements.isEmpty()) {
      return replace(array, '[' + quoted + ']');
    }
    Span last = elements.get(elements.size() - 1);
    String gap = text.substring(gapStart(last.start()), last.start());
    String separator = gap.contains("\n") ? lastLine(gap) : " ";
    return insert(last.end(), ',' + separator + quoted);
  }

  /** Takes a text out of an array, with one comma. */
  JsonText remove(String name, String element) {
    List<Span> elements = elements(member(name).orElseThrow().value());
    String quoted = '"' + element + '"';
    for (int i = 0; i < elements.size(); i++) {
      Span span = elements.get(i);
      if (text.substring(span.start(), span.end()).equals(quoted)) {
        Span cut =
            i > 0
                ? new Span(elements.get(i - 1).end(), span.end())
                : elements.size() > 1 ? new Span(span.start(), elements.get(1).start()) : span;
        return replace(cut, "").remove(name, element);
      }
    }
    return this;
  }

  private JsonText replace(Span span, String by) {
    return new JsonText(text.substring(0, span.start()) + by + text.substring(span.end()));
  }

  private JsonText insert(int at, String what) {
    return replace(new Span(at, at), what);
  }

  /** Line break and indentation only, without an empty line that may stand before it. */
  private static String lastLine(String gap) {
    return gap.substring(gap.lastIndexOf('\n'));
  }

  private int gapStart(int position) {
    int i = position;
    while (i > 0 && Character.isWhitespace(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private Optional<Member> member(String name) {
    return members().stream().filter(m -> m.name().equals(name)).findFirst();
  }

  private List<Member> members() {
    List<Member> members = new ArrayList<>();
    int i = next(text.indexOf('{') + 1);
    while (text.charAt(i) != '}') {
      Span key = new Span(i, valueEnd(i));
      int start = next(next(key.end()) + 1);
      Span value = new Span(start, valueEnd(start));
      members.add(new Member(text.substring(key.start() + 1, key.end() - 1), key, value));
      i = afterComma(value.end());
    }
    return members;
  }

  private List<Span> elements(Span array) {
    List<Span> elements = new ArrayList<>();
    int i = next(array.start() + 1);
    while (text.charAt(i) != ']') {
      Span element = new Span(i, valueEnd(i));
      elements.add(element);
      i = afterComma(element.end());
    }
    return elements;
  }

  private int afterComma(int position) {
    int i = next(position);
    return text.charAt(i) == ',' ? next(i + 1) : i;
  }

  private int next(int position) {
    int i = position;
    while (Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The end of the value that starts here. */
  private int valueEnd(int start) {
    int depth = 0;
    int i = start;
    do {
      char c = text.charAt(i);
      if (c == '"') {
        i = stringEnd(i);
      } else if (c == '{' || c == '[') {
        depth++;
        i++;
      } else if (c == '}' || c == ']') {
        depth--;
        i++;
      } else {
        i++;
      }
    } while (depth > 0 || isInsideScalar(start, i));
    return i;
  }

  private boolean isInsideScalar(int start, int i) {
    return "{[\"".indexOf(text.charAt(start)) < 0
        && !Character.isWhitespace(text.charAt(i))
        && ",]}".indexOf(text.charAt(i)) < 0;
  }

  private int stringEnd(int start) {
    int i = start + 1;
    while (text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }
}
