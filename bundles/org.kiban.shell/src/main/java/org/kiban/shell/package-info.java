/** What every shell command of Kiban is made of: localised errors, tables, JSON, exit status. */
@Export
@Version("0.1.0")
package org.kiban.shell;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
