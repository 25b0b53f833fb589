package org.kiban.route.wall;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.spi.Language;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.builder.ValueBuilder;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Stands in for Camel's bean language, which {@code simple} hands paths such as {@code
 * ${body[0].name}} to. Walks maps, lists and arrays, and knows some methods of texts and numbers;
 * calls nothing by reflection.
 */
final class DataPath implements Language {

  private static final Pattern STEP =
      Pattern.compile("\\??\\.?([A-Za-z_][\\w-]*)(\\(([^()]*)\\))?|\\??\\[([^\\[\\]]*)\\]");

  @Override
  public Predicate createPredicate(String expression) {
    throw refused(expression);
  }

  @Override
  public Expression createExpression(String expression) {
    throw refused(expression);
  }

  /**
   * @param properties as Camel lays them: nothing, the object, the path
   */
  @Override
  public Expression createExpression(String expression, Object[] properties) {
    if (expression != null || properties.length != 3 || properties[2] == null) {
      throw refused(expression == null ? "bean" : expression);
    }
    Object object = properties[1];
    String path = properties[2].toString();
    return new ExpressionAdapter() {
      @Override
      public Object evaluate(org.apache.camel.Exchange exchange) {
        return walk(object, path);
      }
    };
  }

  @Override
  public Predicate createPredicate(String expression, Object[] properties) {
    return new ValueBuilder(createExpression(expression, properties)).isNotNull();
  }

  /** Follows a path from an object to what it leads to; null where nothing is. */
  static Object walk(Object object, String path) {
    Object at = object;
    Matcher step = STEP.matcher(path);
    int end = 0;
    while (end < path.length()) {
      if (!step.find(end) || step.start() != end) {
        throw refused(path);
      }
      end = step.end();
      if (at != null) {
        at = step.group(4) != null ? element(at, step.group(4)) : member(at, step, path);
      }
    }
    return at;
  }

  private static Object element(Object at, String key) {
    String name = unquoted(key);
    if (at instanceof Map<?, ?> map) {
      return map.get(name);
    }
    List<?> list = list(at);
    if (list == null) {
      throw refused("[" + key + "]");
    }
    int index;
    if (name.startsWith("last")) {
      String back = name.substring(4).replace("-", "").strip();
      index = list.size() - 1 - (back.isEmpty() ? 0 : number(back));
    } else {
      index = number(name);
    }
    return index >= 0 && index < list.size() ? list.get(index) : null;
  }

  private static Object member(Object at, Matcher step, String path) {
    String name = step.group(1);
    boolean call = step.group(2) != null;
    if (!call && at instanceof Map<?, ?> map && (map.containsKey(name) || !name.equals("size"))) {
      return map.get(name);
    }
    List<String> args = call ? arguments(step.group(3)) : List.of();
    Object found = Members.of(at, name, args);
    if (found == Members.NONE) {
      throw refused(path);
    }
    return found;
  }

  private static List<String> arguments(String text) {
    List<String> args = new ArrayList<>();
    if (!text.isBlank()) {
      for (String arg : text.split(",")) {
        args.add(unquoted(arg));
      }
    }
    return args;
  }

  /** A list or an array as a list, or null. */
  static List<?> list(Object at) {
    if (at instanceof List<?> list) {
      return list;
    }
    if (at.getClass().isArray()) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(at); i++) {
        elements.add(Array.get(at, i));
      }
      return elements;
    }
    return null;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw refused("[" + text + "]");
    }
  }

  private static String unquoted(String text) {
    String stripped = text.strip();
    return stripped.matches("(['\"]).*\\1")
        ? stripped.substring(1, stripped.length() - 1)
        : stripped;
  }

  private static KibanException refused(String path) {
    return new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_EXPRESSION, path);
  }
}
