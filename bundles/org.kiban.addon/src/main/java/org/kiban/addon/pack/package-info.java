/**
 * An add-on as one file: what it looks like, who signed it, and every reason to refuse it. Plain
 * Java without OSGi, so that the vendor's tool and the node decide with the same code.
 */
package org.kiban.addon.pack;
