package org.kiban.node.status;

import java.util.List;
import org.kiban.core.Readiness;

/**
 * Everything that {@code node:status} shows. Immutable.
 *
 * @param version the distribution's
 * @param home where it lies
 * @param trial whether it is on trial: not kept yet, so that the version before may go on
 * @param node the node's name
 * @param uptimeSeconds since the process started
 * @param state the node in one word
 * @param ready whether every level is reached
 * @param levels the levels in order
 * @param municipalities by code
 * @param problems in the reader's language, one line each
 */
public record NodeStatus(
    String version,
    String home,
    boolean trial,
    String node,
    long uptimeSeconds,
    Readiness.State state,
    boolean ready,
    List<Readiness.Level> levels,
    List<MunicipalityStatus> municipalities,
    List<String> problems) {}
