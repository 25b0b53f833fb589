/** What a part of the node, or an add-on, contributes to backups. */
@Export
@Version("0.1.0")
package org.kiban.core.backup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
