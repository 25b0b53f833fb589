package org.kiban.time;

import java.time.Instant;
import java.util.List;
import org.kiban.core.TrustedClock.Trust;

/**
 * The node's time as operators see it.
 *
 * @param now the node's time
 * @param trust how far to believe it
 * @param boundMilliseconds the true time is not further off than this; null if nobody knows
 * @param offsetMilliseconds what the majority says must be added to the system's clock; null if
 *     none agrees
 * @param sources how many are declared
 * @param answering how many of them take part
 * @param endures how many of those may lie without breaking the bound
 * @param falsetickers those that the majority contradicts
 * @param chrony who sets the clock, and how that is; in English
 */
public record TimeStatus(
    Instant now,
    Trust trust,
    Double boundMilliseconds,
    Double offsetMilliseconds,
    int sources,
    long answering,
    int endures,
    List<String> falsetickers,
    String chrony) {}
