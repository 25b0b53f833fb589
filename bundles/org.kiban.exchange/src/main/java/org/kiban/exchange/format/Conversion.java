package org.kiban.exchange.format;

/**
 * What became of a file. Rows are data rows, without the header; read is always written plus
 * rejected.
 *
 * @param rowsRead that arrived
 * @param rowsWritten that are delivered
 * @param rowsRejected that went to quarantine
 * @param charactersReplaced written as the interface's table of replacements says
 * @param bytesRead that arrived
 * @param bytesWritten that are delivered
 */
public record Conversion(
    long rowsRead,
    long rowsWritten,
    long rowsRejected,
    long charactersReplaced,
    long bytesRead,
    long bytesWritten) {}
