/**
 * Routes of integrators (design sections 5 and 6) as other bundles see them: {@link
 * org.kiban.route.api.Routes}, one service for each municipality that switches them on.
 */
@Export
@Version("0.1.0")
package org.kiban.route.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
