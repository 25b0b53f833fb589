package org.kiban.addon.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks into the bundles of one package: each has names of its own, brings no classes of others,
 * takes part in the framework only in ways that can be taken back, and touches what {@code
 * addon.yaml} declares. Used by one thread.
 */
final class BundleCheck {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final int LONGEST_MANIFEST = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Set<String> FORBIDDEN =
      Set.of(
          "DynamicImport-Package",
          "Bundle-NativeCode",
          "Bundle-UpdateLocation",
          "Bundle-Blueprint",
          "Karaf-Commands",
          "ExtensionBundle-Activator",
          "Launcher-Agent-Class",
          "Premain-Class",
          "Agent-Class",
          "Web-ContextPath",
          "Meta-Persistence");

  private final AddonManifest manifest;
  private final Budget budget;
  private final List<Need> needs = new ArrayList<>();

  /** A bundle that another one names; it must be in the same package. */
  private record Need(String place, String header, String name) {}

  BundleCheck(AddonManifest manifest, Budget budget) {
    this.manifest = manifest;
    this.budget = budget;
  }

  /** Checks one bundle by itself. */
  AddonBundle check(Entry entry, int startLevel, byte[] content) throws IOException {
    String place = entry.path();
    ZipArchive jar = ZipArchive.open(place, Bytes.of(content), budget);
    ZipMember member =
        jar.find(MANIFEST)
            .filter(m -> m.size() <= LONGEST_MANIFEST)
            .orElseThrow(
                () -> wrong(place, "it has no manifest, or a huge one", "マニフェストがないか、大きすぎます"));
    Headers headers = Headers.parse(place, jar.content(member));
    AddonBundle bundle = identity(entry, startLevel, headers);
    checkHeaders(place, headers);
    new Wires(manifest, place, headers).check();
    for (String header : List.of("Fragment-Host", "Require-Bundle")) {
      headers.paths(header).forEach(name -> needs.add(new Need(place, header, name)));
    }
    for (ZipMember inside : jar.members()) {
      checkMember(jar, inside);
    }
    return bundle;
  }

  private AddonBundle identity(Entry entry, int startLevel, Headers headers) {
    String place = entry.path();
    if (!headers.find("Bundle-ManifestVersion").equals(Optional.of("2"))) {
      throw wrong(place, "Bundle-ManifestVersion is not 2", "Bundle-ManifestVersion が 2 ではありません");
    }
    List<String> names = headers.paths("Bundle-SymbolicName");
    if (names.size() != 1) {
      throw wrong(place, "no Bundle-SymbolicName", "Bundle-SymbolicName がありません");
    }
    String name = names.get(0);
    if (!manifest.owns(name) || !NAME.matcher(name).matches()) {
      throw PackMessage.FOREIGN_NAME.refuse("Bundle-SymbolicName", name, manifest.id());
    }
    try {
      AddonVersion version = AddonVersion.parse(headers.find("Bundle-Version").orElse("0").strip());
      boolean fragment = headers.find("Fragment-Host").isPresent();
      return new AddonBundle(name, version, startLevel, fragment, entry);
    } catch (IllegalArgumentException e) {
      throw wrong(place, "no right Bundle-Version", "Bundle-Version が誤りです");
    }
  }

  private void checkHeaders(String place, Headers headers) {
    for (String header : FORBIDDEN) {
      headers
          .find(header)
          .ifPresent(
              value -> {
                throw PackMessage.FORBIDDEN_HEADER.refuse(place, header, value);
              });
    }
    for (String path : headers.paths("Bundle-ClassPath")) {
      if (!path.equals(".") && !path.endsWith(".jar")) {
        throw PackMessage.FORBIDDEN_HEADER.refuse(place, "Bundle-ClassPath", path);
      }
    }
    for (String path : headers.paths("Service-Component")) {
      if (!path.matches("OSGI-INF/[^/]+\\.xml")) {
        throw PackMessage.FORBIDDEN_HEADER.refuse(place, "Service-Component", path);
      }
    }
  }

  private void checkMember(ZipArchive jar, ZipMember member) throws IOException {
    String place = jar.shown(member);
    checkPath(place, member.name());
    if (member.name().matches("META-INF/versions/\\d+/OSGI-INF/MANIFEST\\.MF")) {
      throw wrong(place, "a second manifest", "二つ目のマニフェストがあります");
    }
    if (member.name().endsWith(".jar")) {
      checkLibrary(place, jar.content(member));
    } else if (member.name().matches("OSGI-INF/[^/]+\\.xml")) {
      checkComponents(place, jar.content(member));
    } else if (!member.folder()) {
      jar.unpack(member, OutputStream.nullOutputStream());
    }
  }

  private static void checkPath(String place, String name) {
    if (Reserved.path(name)) {
      throw PackMessage.FOREIGN_PACKAGE.refuse(place, name);
    }
  }

  /** A jar on the bundle's class path. */
  private void checkLibrary(String place, byte[] content) throws IOException {
    ZipArchive jar = ZipArchive.open(place, Bytes.of(content), budget);
    for (ZipMember member : jar.members()) {
      checkPath(jar.shown(member), member.name());
      if (member.name().endsWith(".jar")) {
        throw PackMessage.UNSUPPORTED.refuse(
            jar.shown(member), Why.of("archives in archives in archives", "三重のアーカイブ"));
      }
      jar.unpack(member, OutputStream.nullOutputStream());
    }
  }

  private void checkComponents(String place, byte[] content) {
    for (Component component : Component.parse(place, content)) {
      for (String pid : component.pids()) {
        if (!manifest.owns(pid) && !manifest.permissions().pids().contains(pid)) {
          throw PackMessage.UNDECLARED_USE.refuse(place, "pids", pid);
        }
      }
      component.services().forEach(service -> Wires.checkService(manifest, place, service));
    }
  }

  /** Checks what bundles of a package have to do with each other. */
  void checkTogether(List<AddonBundle> bundles) {
    Set<String> names = new HashSet<>();
    for (AddonBundle bundle : bundles) {
      if (!names.add(bundle.symbolicName())) {
        throw wrong(
            bundle.entry().path(),
            "the package has two bundles " + bundle.symbolicName(),
            "パッケージにバンドル " + bundle.symbolicName() + " が二つあります");
      }
    }
    for (Need need : needs) {
      if (!names.contains(need.name())) {
        throw PackMessage.FORBIDDEN_HEADER.refuse(need.place(), need.header(), need.name());
      }
    }
  }

  private static RuntimeException wrong(String place, String en, String ja) {
    return PackMessage.WRONG_BUNDLE.refuse(place, Why.of(en, ja));
  }
}
