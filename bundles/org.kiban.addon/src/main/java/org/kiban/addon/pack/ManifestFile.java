package org.kiban.addon.pack;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code addon.yaml}. */
public final class ManifestFile {

  static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z0-9][a-z0-9_-]*)+");
  private static final Pattern PID = Pattern.compile("[A-Za-z0-9_.-]+(~[A-Za-z0-9_.-]+)?");
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]*");
  private static final int LONGEST_NAME = 80;
  private static final int HIGHEST_PORT = 65_535;

  private ManifestFile() {}

  public static AddonManifest parse(String place, byte[] content) {
    Fields fields = Fields.parse(place, content, PackMessage.WRONG_MANIFEST);
    String id = fields.text("id");
    if (!ID.matcher(id).matches()) {
      throw fields.wrong(
          "id", "lower-case words with dots between are needed", "小文字の語を点でつないだものが必要です");
    }
    Fields name = fields.fields("name");
    AddonManifest manifest =
        new AddonManifest(
            id,
            fields.text("version", AddonVersion::parse, "no version", "版番号ではありません"),
            shortText(name, "ja"),
            shortText(name, "en"),
            shortText(fields, "vendor"),
            requires(fields),
            permissions(fields));
    name.end();
    fields.end();
    return manifest;
  }

  private static String shortText(Fields fields, String name) {
    String text = fields.text(name);
    if (text.length() > LONGEST_NAME || !Shown.of(text).equals(text)) {
      throw fields.wrong(
          name,
          "longer than " + LONGEST_NAME + " characters, or with control characters",
          LONGEST_NAME + " 文字を超えるか、制御文字を含みます");
    }
    return text;
  }

  private static Map<String, AddonRange> requires(Fields fields) {
    Map<String, AddonRange> requires = new TreeMap<>();
    if (fields.has("requires")) {
      Fields apis = fields.fields("requires");
      for (String api : apis.names()) {
        requires.put(
            api,
            apis.text(
                api,
                AddonRange::parse,
                "a range like \"[0.1,1)\" is needed",
                "\"[0.1,1)\" のような範囲が必要です"));
      }
    }
    return requires;
  }

  private static Permissions permissions(Fields fields) {
    if (!fields.has("permissions")) {
      return Permissions.NONE;
    }
    Fields asked = fields.fields("permissions");
    Permissions permissions =
        new Permissions(
            asked.texts("pids", PID),
            asked.texts("ports"),
            asked.texts("addresses", ADDRESS),
            asked.texts("folders"),
            asked.texts("capabilities", WORD));
    asked.end();
    for (String port : permissions.ports()) {
      if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > HIGHEST_PORT) {
        throw asked.wrong("ports", "no port: " + port, "ポート番号ではありません: " + port);
      }
    }
    for (String folder : permissions.folders()) {
      if (!absolute(folder)) {
        throw asked.wrong("folders", "no absolute path: " + folder, "絶対パスではありません: " + folder);
      }
    }
    return permissions;
  }

  /** One way to write a folder: {@code /a/b}, no empty part, no dots, nothing that expands. */
  static boolean absolute(String folder) {
    return folder.matches("(/[^/*$\\p{Cntrl}\\\\]+)+") && !folder.matches(".*/\\.{1,2}(/.*)?");
  }
}
