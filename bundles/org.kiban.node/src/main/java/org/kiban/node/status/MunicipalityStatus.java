package org.kiban.node.status;

import java.util.List;
import org.kiban.core.Environment;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Site;

/**
 * A municipality of this node. Immutable.
 *
 * @param code its code
 * @param name its name
 * @param site where the node stands for it
 * @param environment whether its data is real
 * @param enabled false if it is switched off
 * @param file the file in {@code etc/} that says so
 * @param problem what is wrong with that file, in the reader's language; empty if nothing is
 * @param capabilities what it lists
 */
public record MunicipalityStatus(
    MunicipalityCode code,
    String name,
    Site site,
    Environment environment,
    boolean enabled,
    String file,
    String problem,
    List<CapabilityStatus> capabilities) {}
