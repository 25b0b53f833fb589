package org.kiban.addon.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.kiban.core.Digests;

/**
 * What a package holds, each entry compared with the signed list before it is looked into.
 *
 * @param manifest what {@code addon.yaml} says
 * @param feature what the feature file says
 * @param bundles in the feature's order
 */
record Parts(AddonManifest manifest, FeatureFile feature, List<AddonBundle> bundles) {

  /**
   * Reads it.
   *
   * @param judge refuses an add-on by its manifest, before anything else of it is looked into
   */
  static Parts read(ZipArchive zip, EntryList list, Budget budget, Consumer<AddonManifest> judge)
      throws IOException {
    Map<String, Entry> signed = compareNames(zip, list);
    Map<String, byte[]> small = new TreeMap<>();
    for (Entry entry : list.entries()) {
      if (!Layout.bundle(entry.path())) {
        small.put(entry.path(), content(zip, entry));
      }
    }
    for (String needed : List.of(AddonManifest.PATH, Layout.LICENSE, BillOfMaterials.PATH)) {
      if (small.getOrDefault(needed, new byte[0]).length == 0) {
        throw PackMessage.MISSING_PART.refuse(Why.of(needed));
      }
    }
    AddonManifest manifest = ManifestFile.parse(AddonManifest.PATH, small.get(AddonManifest.PATH));
    judge.accept(manifest);
    FeatureFile feature = FeatureFile.parse(small.get(featurePath(small)), manifest);
    List<AddonBundle> bundles = bundles(zip, signed, manifest, feature, budget);
    BillOfMaterials.check(
        small.get(BillOfMaterials.PATH), bundles.stream().map(AddonBundle::entry).toList());
    return new Parts(manifest, feature, bundles);
  }

  private static Map<String, Entry> compareNames(ZipArchive zip, EntryList list) {
    Map<String, Entry> signed = new TreeMap<>();
    list.entries().forEach(e -> signed.put(e.path(), e));
    for (ZipMember member : zip.members()) {
      boolean seal = member.name().equals(EntryList.PATH) || member.name().equals(Seal.PATH);
      if (!seal && !signed.containsKey(member.name())) {
        throw PackMessage.EXTRA_ENTRY.refuse(member.name());
      }
    }
    for (String path : signed.keySet()) {
      if (zip.find(path).isEmpty() || path.equals(EntryList.PATH) || path.equals(Seal.PATH)) {
        throw PackMessage.MISSING_ENTRY.refuse(path);
      }
    }
    return signed;
  }

  /** What is in an entry, if it still is what was signed. */
  static byte[] content(ZipArchive zip, Entry entry) throws IOException {
    ZipMember member =
        zip.find(entry.path()).orElseThrow(() -> PackMessage.MISSING_ENTRY.refuse(entry.path()));
    if (member.size() != entry.size()) {
      throw PackMessage.CHANGED_ENTRY.refuse(entry.path());
    }
    byte[] content = zip.content(member);
    if (!Digests.sha256(content).equals(entry.sha256())) {
      throw PackMessage.CHANGED_ENTRY.refuse(entry.path());
    }
    return content;
  }

  private static String featurePath(Map<String, byte[]> small) {
    List<String> paths = small.keySet().stream().filter(Layout::feature).toList();
    if (paths.size() != 1) {
      throw PackMessage.MISSING_PART.refuse(
          Why.of(
              "one feature file (repository/…-features.xml), it has " + paths.size(),
              "一つの feature ファイル (repository/…-features.xml)。今は " + paths.size() + " 個です"));
    }
    return paths.get(0);
  }

  private static List<AddonBundle> bundles(
      ZipArchive zip,
      Map<String, Entry> signed,
      AddonManifest manifest,
      FeatureFile feature,
      Budget budget)
      throws IOException {
    List<AddonBundle> bundles = new ArrayList<>();
    List<String> left =
        new ArrayList<>(
            signed.keySet().stream()
                .filter(Layout::bundle)
                .sorted(Comparator.naturalOrder())
                .toList());
    BundleCheck check = new BundleCheck(manifest, budget);
    for (FeatureFile.Bundle named : feature.bundles()) {
      if (!left.remove(named.path())) {
        throw PackMessage.WRONG_FEATURE.refuse(
            1,
            Why.of(
                "a bundle that is not in the package, or named twice: " + named.path(),
                "パッケージにないか、二度書かれたバンドルです: " + named.path()));
      }
      Entry entry = signed.get(named.path());
      bundles.add(check.check(entry, named.startLevel(), content(zip, entry)));
    }
    if (!left.isEmpty() || bundles.isEmpty()) {
      throw PackMessage.WRONG_FEATURE.refuse(
          1, Why.of("it names no bundle, or not " + left, "バンドルがないか、次が書かれていません: " + left));
    }
    check.checkTogether(bundles);
    return bundles;
  }
}
