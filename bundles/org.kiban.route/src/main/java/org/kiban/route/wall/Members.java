package org.kiban.route.wall;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What {@link DataPath} may ask of values: fixed functions of texts, numbers and collections. */
final class Members {

  /** There is no such member. */
  static final Object NONE = new Object();

  private Members() {}

  static Object of(Object at, String name, List<String> args) {
    Object found = NONE;
    if (at instanceof CharSequence text) {
      found = ofText(text.toString(), name, args);
    } else if (at instanceof Map<?, ?> map) {
      found = ofMap(map, name, args);
    } else if (at instanceof Throwable failure) {
      found = name.equals("message") || name.equals("getMessage") ? failure.getMessage() : NONE;
    } else if (at instanceof Number number) {
      found = ofNumber(number, name);
    } else if (at instanceof Collection<?> collection) {
      found = ofCollection(collection, name, args);
    } else if (at.getClass().isArray()) {
      found = ofCollection(DataPath.list(at), name, args);
    }
    return found == NONE && name.equals("toString") && args.isEmpty() && plain(at)
        ? at.toString()
        : found;
  }

  private static boolean plain(Object at) {
    return at.getClass().getPackageName().startsWith("java.")
        && !at.getClass().getPackageName().startsWith("java.lang.reflect");
  }

  private static Object ofText(String text, String name, List<String> args) {
    return switch (name + '/' + args.size()) {
      case "length/0", "size/0" -> text.length();
      case "trim/0", "strip/0" -> text.strip();
      case "toUpperCase/0" -> text.toUpperCase(java.util.Locale.ROOT);
      case "toLowerCase/0" -> text.toLowerCase(java.util.Locale.ROOT);
      case "isEmpty/0", "empty/0" -> text.isEmpty();
      case "isBlank/0" -> text.isBlank();
      case "substring/1" -> text.substring(Integer.parseInt(args.get(0)));
      case "substring/2" ->
          text.substring(Integer.parseInt(args.get(0)), Integer.parseInt(args.get(1)));
      case "contains/1" -> text.contains(args.get(0));
      case "startsWith/1" -> text.startsWith(args.get(0));
      case "endsWith/1" -> text.endsWith(args.get(0));
      case "indexOf/1" -> text.indexOf(args.get(0));
      case "equals/1" -> text.equals(args.get(0));
      case "equalsIgnoreCase/1" -> text.equalsIgnoreCase(args.get(0));
      case "replace/2" -> text.replace(args.get(0), args.get(1));
      case "concat/1" -> text.concat(args.get(0));
      default -> NONE;
    };
  }

  private static Object ofMap(Map<?, ?> map, String name, List<String> args) {
    return switch (name + '/' + args.size()) {
      case "size/0" -> map.size();
      case "isEmpty/0", "empty/0" -> map.isEmpty();
      case "get/1" -> map.get(args.get(0));
      case "containsKey/1" -> map.containsKey(args.get(0));
      case "keySet/0" -> List.copyOf(map.keySet());
      case "values/0" -> java.util.Arrays.asList(map.values().toArray());
      default -> NONE;
    };
  }

  private static Object ofCollection(Collection<?> values, String name, List<String> args) {
    return switch (name + '/' + args.size()) {
      case "size/0", "length/0" -> values.size();
      case "isEmpty/0", "empty/0" -> values.isEmpty();
      case "contains/1" -> values.contains(args.get(0));
      case "get/1" ->
          values instanceof List<?> list ? list.get(Integer.parseInt(args.get(0))) : NONE;
      default -> NONE;
    };
  }

  private static Object ofNumber(Number number, String name) {
    return switch (name) {
      case "intValue" -> number.intValue();
      case "longValue" -> number.longValue();
      case "doubleValue" -> number.doubleValue();
      default -> NONE;
    };
  }
}
