/**
 * Frames: stretches of ordered bytes that travel from node to node, are stored before they are
 * acknowledged, and go on from where the receiver has them. Knows nothing of logs, so that other
 * kinds may use it. Depends on no other package of this bundle.
 */
package org.kiban.logship.frame;
