package org.kiban.node.status;

import java.util.List;
import org.kiban.core.Readiness;

/**
 * Everything that {@code node:status} shows. Immutable.
 *
 * @param version the distribution's
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
    String node,
    long uptimeSeconds,
    Readiness.State state,
    boolean ready,
    List<Readiness.Level> levels,
    List<MunicipalityStatus> municipalities,
    List<String> problems) {}
