package org.kiban.route.api;

/**
 * Why a version of a route file is not in force.
 *
 * @param version the first characters of its SHA-256
 * @param line in the file, from 1; 0 if no line can be named
 * @param code what it is, {@code KBN-ROUTE-<nnn>}
 * @param reason in English, with file and line
 * @param reasonJa in Japanese
 */
public record RouteProblem(String version, int line, String code, String reason, String reasonJa) {}
