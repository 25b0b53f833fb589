/** What an interface is: its declaration in YAML, checked, as immutable records. */
package org.kiban.exchange.declaration;
