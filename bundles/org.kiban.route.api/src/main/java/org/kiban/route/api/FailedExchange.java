package org.kiban.route.api;

import java.time.Instant;

/**
 * An exchange that failed and is kept, encrypted, until it is replayed.
 *
 * @param id names it to {@code route:replay}
 * @param at when it failed
 * @param route the id of the route that it came in by
 * @param from where it came from
 * @param reason the kind of the failure, without what was in the message
 * @param bytes the size of its body
 */
public record FailedExchange(
    String id, Instant at, String route, String from, String reason, long bytes) {}
