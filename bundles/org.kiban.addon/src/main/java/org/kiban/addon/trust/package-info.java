/** The trust store of this node: whose add-ons it takes, and what is revoked. */
package org.kiban.addon.trust;
