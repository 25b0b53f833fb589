package org.kiban.messaging;

import java.time.Instant;

/**
 * A message without its content.
 *
 * @param id its number in the broker
 * @param sentAt when it was sent, by the sender's clock
 * @param bytes its size
 * @param deliveries how often it was delivered
 * @param durable whether it survives a restart
 * @param origin the address it was sent to, if it was moved; null otherwise
 */
public record MessageView(
    long id, Instant sentAt, long bytes, int deliveries, boolean durable, String origin) {}
