package org.kiban.logship.ship;

import java.time.Instant;

/**
 * Where events come from, as a reader wants to know it.
 *
 * @param id the identity
 * @param source the name that the configuration gives the source, for example {@code gyomu}
 * @param name the file's path when it was first seen, or what else names the stream
 * @param born when the stream began, as good as it is known; never changes for an identity. For
 *     events that carry no time of their own it stands in, wherever a repeat must end in the same
 *     place as the first try
 */
public record Origin(SourceId id, String source, String name, Instant born) {}
