package org.kiban.node.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kiban.core.Environment;
import org.kiban.core.KibanException;
import org.kiban.core.MessageCode;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.Site;
import org.kiban.core.code.CheckDigits;
import org.kiban.node.NodeMessages;

/** Reads {@code org.kiban.municipality~<code>.cfg.json}. Every fault names the file and the key. */
final class MunicipalityFile {

  static final String PREFIX = "org.kiban.municipality~";
  static final String SUFFIX = ".cfg.json";

  private static final List<String> KEYS =
      List.of("code", "name", "site", "environment", "capabilities", "enabled");

  private final String file;
  private final Map<String, Object> values;

  private MunicipalityFile(String file, Map<String, Object> values) {
    this.file = file;
    this.values = values;
  }

  static String name(String code) {
    return PREFIX + code + SUFFIX;
  }

  /**
   * Reads one file.
   *
   * @param file its name
   * @param content its bytes
   * @param files the names of all files, to tell a wrong name from a second file
   * @param known the capabilities that may be listed
   * @throws KibanException if it is wrong
   */
  static Declared parse(String file, byte[] content, Set<String> files, Set<String> known) {
    return new MunicipalityFile(file, FlatJson.parse(file, content)).declared(files, known);
  }

  private Declared declared(Set<String> files, Set<String> known) {
    for (String key : values.keySet()) {
      if (!KEYS.contains(key)) {
        throw fault(NodeMessages.UNKNOWN_KEY, key, Nearest.hint(key, KEYS));
      }
    }
    MunicipalityCode code = code(files);
    String name = value("name", String.class, "\"倉敷市\"");
    Site site = constant("site", Site.class);
    Environment environment = constant("environment", Environment.class);
    Set<String> capabilities =
        new TreeSet<>(List.of(value("capabilities", String[].class, "[\"exchange\", …]")));
    for (String capability : capabilities) {
      if (!known.contains(capability)) {
        throw fault(NodeMessages.UNKNOWN_CAPABILITY, capability, Nearest.hint(capability, known));
      }
    }
    boolean enabled =
        !values.containsKey("enabled") || value("enabled", Boolean.class, "true, false");
    return new Declared(
        new Municipality(code, name, site, environment, new TreeSet<>(capabilities)),
        enabled,
        file);
  }

  private MunicipalityCode code(Set<String> files) {
    String text = value("code", String.class, "\"332020\"");
    if (!MunicipalityCode.isValid(text)) {
      boolean digits = text.matches("[0-9]{6}");
      throw fault(
          NodeMessages.WRONG_CODE,
          text,
          digits ? " (" + CheckDigits.municipality(text.substring(0, 5)) + "?)" : "");
    }
    String right = name(text);
    if (!file.equals(right)) {
      throw files.contains(right)
          ? fault(NodeMessages.TWO_FILES, text, right)
          : fault(NodeMessages.WRONG_FILE_NAME, text, right);
    }
    return new MunicipalityCode(text);
  }

  private <T> T value(String key, Class<T> type, String example) {
    Object value = values.get(key);
    if (value == null) {
      throw fault(NodeMessages.MISSING_KEY, key, example);
    }
    if (!type.isInstance(value)) {
      throw fault(NodeMessages.WRONG_TYPE, key, example);
    }
    return type.cast(value);
  }

  private <E extends Enum<E>> E constant(String key, Class<E> type) {
    String allowed =
        Arrays.stream(type.getEnumConstants())
            .map(e -> e.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    String text = value(key, String.class, allowed);
    return Arrays.stream(type.getEnumConstants())
        .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> fault(NodeMessages.UNKNOWN_VALUE, key, text, allowed));
  }

  private KibanException fault(MessageCode code, Object... args) {
    Object[] all = new Object[args.length + 1];
    all[0] = file;
    System.arraycopy(args, 0, all, 1, args.length);
    return new KibanException(Outcome.REFUSED, code, all);
  }
}
