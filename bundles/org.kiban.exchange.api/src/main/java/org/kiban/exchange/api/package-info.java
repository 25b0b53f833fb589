/**
 * The linkage (庁内データ連携, design section 5) as other bundles see it: {@link
 * org.kiban.exchange.api.Transport} for those who add a way in or out, {@link
 * org.kiban.exchange.api.Exchange} for those who ask what became of a file.
 */
@Export
@Version("0.1.0")
package org.kiban.exchange.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
