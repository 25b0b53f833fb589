/** Clients of SFTP servers and S3-compatible stores, shared by backups and the linkage. */
@Export
@Version("0.1.0")
package org.kiban.platform.remote;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
