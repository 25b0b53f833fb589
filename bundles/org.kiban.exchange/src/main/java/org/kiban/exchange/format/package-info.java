/**
 * Decodes, checks and converts files of rows as a stream, in memory that does not grow with the
 * file. {@link org.kiban.exchange.format.FileConverter} is the door; the rest is its machinery: a
 * {@code RowSource} reads a {@code Row} of characters through a {@code Decoder}, the {@code
 * Validator} looks at its cells, a {@code RowSink} writes it through an {@code Encoder}.
 */
package org.kiban.exchange.format;
