/**
 * Add-ons as other parts of the node change them: {@link org.kiban.addon.api.AddonChanges}, the
 * same guarded swap that operators use.
 */
@Export
@Version("0.1.0")
package org.kiban.addon.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
