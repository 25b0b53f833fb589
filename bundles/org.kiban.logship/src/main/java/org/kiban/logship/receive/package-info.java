/** Takes what other nodes and machines send, and passes it on. */
package org.kiban.logship.receive;
