package org.kiban.addon.pack;

/**
 * A bundle of a package.
 *
 * @param symbolicName without directives
 * @param version its own
 * @param startLevel 90 to 99
 * @param fragment whether it is a fragment (of another bundle of the package), which is not started
 * @param entry the jar
 */
public record AddonBundle(
    String symbolicName, AddonVersion version, int startLevel, boolean fragment, Entry entry) {}
