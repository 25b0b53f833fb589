package org.kiban.exchange.declaration;

/**
 * Limits of a file.
 *
 * @param rows the most data rows
 * @param bytes the most bytes that arrive
 * @param rowBytes the most bytes of one row
 * @param minimumRows the fewest data rows
 */
public record Maximum(long rows, long bytes, int rowBytes, long minimumRows) {}
