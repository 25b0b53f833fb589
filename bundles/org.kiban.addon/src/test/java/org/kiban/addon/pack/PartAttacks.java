package org.kiban.addon.pack;

import static org.kiban.addon.pack.HostilePackagesTest.attack;

import java.util.ArrayList;
import java.util.List;
import org.kiban.addon.pack.HostilePackagesTest.Attack;

/** Signed by the vendor, but reaching for what is not its own: addon.yaml, features, papers. */
final class PartAttacks {

  /** Name, code, what is replaced in addon.yaml, by what. */
  private static final String YAML =
      """
      prefix theft by the id | FOREIGN_NAME | id: jp.example.probe | id: jp.examples.probe
      id of the node | FOREIGN_NAME | id: jp.example.probe | id: org.kiban.security
      id that is a path | WRONG_MANIFEST | id: jp.example.probe | id: ../../etc
      no version | WRONG_MANIFEST | version: 1.0.0 | version: latest
      unknown field | WRONG_MANIFEST | vendor: 株式会社例 | run-as: root
      field twice | WRONG_MANIFEST | vendor: 株式会社例 | version: 2.0.0
      YAML references | WRONG_MANIFEST | vendor: 株式会社例 | vendor: &a [*a]
      YAML type | WRONG_MANIFEST | vendor: 株式会社例 | vendor: !!javax.script.ScriptEngineManager []
      name that writes on the terminal | WRONG_MANIFEST | en: Health probe | en: "\\e[2Jprobe"
      name that is shown backwards | WRONG_MANIFEST | en: Health probe | en: "\\u202Eprobe"
      open range | WRONG_MANIFEST | [0.1,1) | 0.1
      later API | API_RANGE | [0.1,1) | [0.2,1)
      API that is not here | API_RANGE | org.kiban.core: | org.kiban.core.x:
      port that the key may not grant | BEYOND_GRANT | ports: [9410] | ports: [22]
      port that is none | WRONG_MANIFEST | ports: [9410] | ports: [99999]
      PID of the node | BEYOND_GRANT | pids: [jp.example.probe] | pids: [org.kiban.security]
      PID of another vendor | BEYOND_GRANT | pids: [jp.example.probe] | pids: [jp.other]
      folder that the key may not grant | BEYOND_GRANT | ports: [9410] | folders: [/etc]
      folder beside the granted one | BEYOND_GRANT | ports: [9410] | folders: [/srv/probes]
      folder that climbs | WRONG_MANIFEST | ports: [9410] | folders: [/srv/probe/../..]
      address that the key may not grant | BEYOND_GRANT | ports: [9410] | addresses: [exchange.out]
      capability that the key may not grant | BEYOND_GRANT | ports: [9410] | capabilities: [security]
      """;

  /** Name, what stands inside the feature; B is the right bundle. */
  private static final String FEATURE =
      """
      configuration | <config name="org.kiban.security">x = y</config>B
      configuration file | <configfile finalname="/etc/users.properties">mvn:x/y/1</configfile>B
      bundle from elsewhere | B<bundle>https://example.jp/x.jar</bundle>
      bundle by wrapping | B<bundle>wrap:mvn:jp.example/x/1</bundle>
      bundle that climbs | B<bundle>mvn:jp.example/../1</bundle>
      bundle that is not in the package | B<bundle>mvn:org.kiban/org.kiban.core/0.1.0</bundle>
      bundle twice | BB
      no bundle | <details>x</details>
      start before the node | <bundle start-level="1">mvn:jp.example/jp.example.probe/1.0.0</bundle>
      start behind all | <bundle start-level="100">mvn:jp.example/jp.example.probe/1.0.0</bundle>
      undeclared capability | <feature>kiban-exchange</feature>B
      feature of Karaf | <feature>framework-security</feature>B
      library for the JVM | <library type="endorsed">mvn:x/y/1</library>B
      condition | <conditional><condition>scr</condition>B</conditional>
      requirement | <requirement>osgi.ee</requirement>B
      text between elements | Bx
      """;

  /** Name, the feature file; F is the root element's start, up to its children. */
  private static final String FILES =
      """
      repository elsewhere | F<repository>mvn:x/y/1/xml</repository></features>
      feature under another name | F<feature name="kiban-core" version="1.0.0"/></features>
      feature in another version | F<feature name="jp.example.probe" version="9"/></features>
      two features | F<feature name="jp.example.probe" version="1.0.0"/><feature name="jp.example.probe" version="1.0.0"/></features>
      hidden feature | F<feature name="jp.example.probe" version="1.0.0" hidden="true"/></features>
      no feature | F</features>
      another namespace | <features xmlns="x"/>
      no XML | features
      document type | <!DOCTYPE features>F</features>
      entity from a file | <!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>F&y;</features>
      processing instruction | <?xml-stylesheet href="x"?>F</features>
      """;

  private PartAttacks() {}

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>(papers());
    for (String[] row : HostilePackagesTest.rows(YAML)) {
      all.add(
          attack(
              row[0],
              PackMessage.valueOf(row[1]),
              f -> f.file("addon.yaml", f.manifest().replace(row[2], row[3]))));
    }
    for (String[] row : HostilePackagesTest.rows(FEATURE)) {
      String inner = row[1].replace("B", "<bundle>mvn:jp.example/jp.example.probe/1.0.0</bundle>");
      all.add(
          features(
              "feature: " + row[0],
              Forge.features(
                  "<feature name=\"jp.example.probe\" version=\"1.0.0\">" + inner + "</feature>")));
    }
    for (String[] row : HostilePackagesTest.rows(FILES)) {
      String root = "<features xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">";
      all.add(features(row[0], row[1].replace("F", root)));
    }
    return all;
  }

  private static Attack features(String name, String file) {
    return attack(name, PackMessage.WRONG_FEATURE, f -> f.file(Forge.FEATURES, file));
  }

  private static List<Attack> papers() {
    return List.of(
        missing("no addon.yaml", AddonManifest.PATH, null),
        missing("no licence", "LICENSE", null),
        missing("empty licence", "LICENSE", ""),
        missing("no bill of materials", BillOfMaterials.PATH, null),
        missing("no feature file", Forge.FEATURES, null),
        missing("two feature files", "repository/more-features.xml", "<features/>"),
        bill("bill of another bundle", Forge.sbom(new byte[1])),
        bill("bill that is no JSON", "{\"bomFormat\": "),
        bill("bill of another kind", "{\"bomFormat\": \"SPDX\"}"),
        bill("bill with half a character", "{\"bomFormat\": \"\\u00"),
        bill("bill as a tower", "[".repeat(100_000)),
        attack(
            "YAML tower",
            PackMessage.WRONG_MANIFEST,
            f -> f.file("addon.yaml", "id: " + "[".repeat(5_000))),
        attack(
            "YAML that is not UTF-8",
            PackMessage.WRONG_MANIFEST,
            f -> f.files.put("addon.yaml", new byte[] {'a', ':', (byte) 0x83, 0x5c})));
  }

  private static Attack missing(String name, String path, String content) {
    return attack(name, PackMessage.MISSING_PART, f -> f.file(path, content));
  }

  private static Attack bill(String name, String content) {
    return attack(name, PackMessage.WRONG_SBOM, f -> f.file(BillOfMaterials.PATH, content));
  }
}
