package org.kiban.logship.ship;

/**
 * An event that a destination refused for good.
 *
 * @param reason what the destination said
 * @param stream the identity of its source
 * @param source the source's name
 * @param file where it comes from
 * @param offset where it begins there
 * @param event as it would be stored, masked
 */
public record Letter(
    String reason, String stream, String source, String file, long offset, String event) {}
