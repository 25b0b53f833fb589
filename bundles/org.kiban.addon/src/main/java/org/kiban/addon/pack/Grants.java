package org.kiban.addon.pack;

import java.util.List;

/** Whether what an add-on asks for lies within what its signer may grant. */
final class Grants {

  private final Signer signer;

  Grants(Signer signer) {
    this.signer = signer;
  }

  void check(AddonManifest manifest) {
    if (!signer.mayName(manifest.id()) || Reserved.name(manifest.id())) {
      throw PackMessage.FOREIGN_NAME.refuse(
          "id", manifest.id(), String.join(", ", signer.prefixes()));
    }
    Permissions asked = manifest.permissions();
    Permissions granted = signer.grants();
    for (String pid : asked.pids()) {
      boolean own = signer.mayName(pid.replaceFirst("~.*", ""));
      if (Reserved.name(pid) || !own && !matches(granted.pids(), pid)) {
        throw beyond("pids", pid);
      }
    }
    for (String port : asked.ports()) {
      if (granted.ports().stream().noneMatch(range -> within(range, Integer.parseInt(port)))) {
        throw beyond("ports", port);
      }
    }
    checkAll("addresses", asked.addresses(), granted.addresses());
    checkAll("folders", asked.folders(), granted.folders());
    checkAll("capabilities", asked.capabilities(), granted.capabilities());
  }

  private void checkAll(String kind, List<String> asked, List<String> granted) {
    for (String value : asked) {
      if (!matches(granted, value)) {
        throw beyond(kind, value);
      }
    }
  }

  private static boolean matches(List<String> patterns, String value) {
    return patterns.stream()
        .anyMatch(
            p ->
                p.endsWith("*")
                    ? value.startsWith(p.substring(0, p.length() - 1))
                    : value.equals(p));
  }

  private static boolean within(String range, int port) {
    String[] ends = range.split("-");
    return Integer.parseInt(ends[0]) <= port && port <= Integer.parseInt(ends[ends.length - 1]);
  }

  private RuntimeException beyond(String kind, String value) {
    return PackMessage.BEYOND_GRANT.refuse(kind, value, signer.vendor());
  }
}
