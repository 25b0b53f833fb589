/** Numbers with check digits, as Japanese law and standards fix them. Pure functions. */
@Export
@Version("0.1.0")
package org.kiban.core.code;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
