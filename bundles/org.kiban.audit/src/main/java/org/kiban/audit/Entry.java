package org.kiban.audit;

import java.time.Instant;
import org.kiban.core.TrustedClock.Trust;

/**
 * An act in the ledger.
 *
 * @param position its number, from 1
 * @param at when, by the node's clock
 * @param trust how far that clock could be believed
 * @param act what was done
 * @param hash SHA-256 of the chain up to here, in hexadecimal digits
 */
public record Entry(long position, Instant at, Trust trust, Act act, String hash) {}
