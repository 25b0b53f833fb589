/** Durable state: files, journals and databases that a crash at any line leaves old or new. */
@Export
@Version("0.1.0")
package org.kiban.core.storage;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
