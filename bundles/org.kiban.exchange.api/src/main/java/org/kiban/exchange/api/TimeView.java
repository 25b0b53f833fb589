package org.kiban.exchange.api;

/**
 * What was known of the time when the ledger wrote an entry.
 *
 * @param trust trusted, holdover or untrusted; see {@code time:status}
 * @param boundMilliseconds the true time was not further from the entry's than this; null if nobody
 *     knew
 * @param behindMilliseconds how far the system's clock was behind the entry's time, because it had
 *     gone backwards; null if it had not
 */
public record TimeView(String trust, Double boundMilliseconds, Double behindMilliseconds) {}
