/**
 * The protocol between {@code bin/kiban} and a node on the same machine: frames over a Unix-domain
 * socket that only the node's operating-system user can open.
 */
@Export
@Version("0.1.0")
package org.kiban.control.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
