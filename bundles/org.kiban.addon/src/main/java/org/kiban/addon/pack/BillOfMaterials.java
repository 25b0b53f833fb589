package org.kiban.addon.pack;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code sbom.cdx.json}: CycloneDX, with every bundle by its SHA-256. */
final class BillOfMaterials {

  static final String PATH = "sbom.cdx.json";

  private BillOfMaterials() {}

  static void check(byte[] content, List<Entry> bundles) {
    Set<Object> hashes = new HashSet<>();
    try {
      if (!(Json.parse(content) instanceof Map<?, ?> bom)
          || !"CycloneDX".equals(bom.get("bomFormat"))) {
        throw wrong("no CycloneDX JSON", "CycloneDX の JSON ではありません");
      }
      for (Map<?, ?> component : maps(bom.get("components"))) {
        maps(component.get("hashes")).forEach(hash -> hashes.add(hash.get("content")));
      }
    } catch (IllegalArgumentException e) {
      throw wrong("it cannot be read as JSON", "JSON として読めません");
    }
    for (Entry bundle : bundles) {
      if (!hashes.contains(bundle.sha256())) {
        throw wrong(
            "the SHA-256 of " + bundle.path() + " is missing", bundle.path() + " の SHA-256 がありません");
      }
    }
  }

  private static List<Map<?, ?>> maps(Object list) {
    List<Map<?, ?>> maps = new java.util.ArrayList<>();
    if (list instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }

  private static RuntimeException wrong(String en, String ja) {
    return PackMessage.WRONG_SBOM.refuse(Why.of(en, ja));
  }
}
