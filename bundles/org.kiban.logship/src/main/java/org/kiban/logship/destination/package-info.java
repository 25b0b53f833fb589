/** Where segments can be sent. */
package org.kiban.logship.destination;
