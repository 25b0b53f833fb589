package org.kiban.addon.pack;

/**
 * A file of a package, as the signed list has it.
 *
 * @param path in the package
 * @param size in bytes
 * @param sha256 of its content, lower-case hexadecimal
 */
public record Entry(String path, long size, String sha256) {}
