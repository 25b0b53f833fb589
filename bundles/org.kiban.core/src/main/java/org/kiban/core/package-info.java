/**
 * What every capability may rely on: municipalities, places, time and coded messages.
 *
 * <p>This bundle holds interfaces, records, enums and exceptions, and functions that a standard
 * fixes. Whatever keeps state is a service of another bundle, so that it can be swapped without
 * refreshing those who call it.
 */
@Export
@Version("0.1.0")
package org.kiban.core;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
