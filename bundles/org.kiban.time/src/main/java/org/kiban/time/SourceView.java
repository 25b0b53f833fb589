package org.kiban.time;

import java.time.Instant;

/**
 * One source as operators see it.
 *
 * @param name its name
 * @param address host and port
 * @param verdict what the vote says of it
 * @param reach the last eight questions as bits in octal, 1 for a usable answer, newest last
 * @param offsetMilliseconds what the system's clock is behind it; null before an answer
 * @param delayMilliseconds the way there and back; null before an answer
 * @param uncertaintyMilliseconds how far the true time may be from the offset; null before an
 *     answer
 * @param answered the last usable answer; null before
 * @param problem why the last question had none, in English; empty if it had
 */
public record SourceView(
    String name,
    String address,
    Verdict verdict,
    String reach,
    Double offsetMilliseconds,
    Double delayMilliseconds,
    Double uncertaintyMilliseconds,
    Instant answered,
    String problem) {

  /** What the vote says of a source. */
  public enum Verdict {
    /** It agrees with the majority. */
    TRUE,
    /** The majority contradicts it. */
    FALSE,
    /** It answers, but no majority agrees. */
    UNDECIDED,
    /** It has not answered its last eight questions. */
    SILENT
  }
}
