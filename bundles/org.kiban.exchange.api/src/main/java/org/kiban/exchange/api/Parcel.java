package org.kiban.exchange.api;

/**
 * What one consumer gets of one delivery.
 *
 * @param delivery the delivery's number in this municipality's ledger, from 1
 * @param fileName the name that the consumer sees
 * @param bytes the content's length
 * @param sha256 the content's SHA-256, 32 bytes
 * @param manifest the manifest's bytes (JSON, UTF-8), or null if the interface declares none
 */
public record Parcel(long delivery, String fileName, long bytes, byte[] sha256, byte[] manifest) {}
