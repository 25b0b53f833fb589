package org.kiban.exchange.api;

/**
 * How arrivals are looked at for malware.
 *
 * @param state off, on or unreachable
 * @param address of clamd, or empty
 * @param answer its version, or why it cannot be asked
 */
public record ScanView(String state, String address, String answer) {}
