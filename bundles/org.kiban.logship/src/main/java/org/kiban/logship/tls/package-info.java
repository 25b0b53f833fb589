/** How this node and its peers know each other. */
package org.kiban.logship.tls;
