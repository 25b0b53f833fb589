/** Keys and certificates of the node and its municipalities. */
@Export
@Version("0.1.0")
package org.kiban.core.keys;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
