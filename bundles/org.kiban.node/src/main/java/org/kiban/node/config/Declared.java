package org.kiban.node.config;

import org.kiban.core.Municipality;

/**
 * A municipality as a file declares it. Immutable.
 *
 * @param municipality what it says
 * @param enabled false if the operator has switched the whole municipality off
 * @param file the file's name
 */
public record Declared(Municipality municipality, boolean enabled, String file) {}
