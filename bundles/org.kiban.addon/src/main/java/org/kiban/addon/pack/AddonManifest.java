package org.kiban.addon.pack;

import java.util.Map;

/**
 * What {@code addon.yaml} says.
 *
 * @param id its name, and the first part of the symbolic names of its bundles
 * @param version of the whole
 * @param nameJa for operators
 * @param nameEn for operators
 * @param vendor who made it
 * @param requires APIs of Kiban that it is compiled against, by the API bundle's symbolic name
 * @param permissions what it may touch
 */
public record AddonManifest(
    String id,
    AddonVersion version,
    String nameJa,
    String nameEn,
    String vendor,
    Map<String, AddonRange> requires,
    Permissions permissions) {

  /** Where it lies in the package. */
  public static final String PATH = "addon.yaml";

  /** Whether a name of a bundle, package, service or PID is the add-on's own. */
  boolean owns(String name) {
    return name.equals(id) || name.startsWith(id + ".");
  }
}
