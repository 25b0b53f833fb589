package org.kiban.messaging;

import org.kiban.core.MunicipalityCode;

/**
 * A queue as an operator sees it.
 *
 * @param code the municipality
 * @param address where senders send
 * @param queue where receivers take from
 * @param kind anycast (each message to one receiver) or multicast (to each subscription)
 * @param messages in it, those with receivers and scheduled ones included
 * @param delivering with receivers, not acknowledged
 * @param scheduled waiting for their time, for example for another try
 * @param consumers receivers now
 * @param added since the broker started
 * @param acknowledged since the broker started
 */
public record QueueView(
    MunicipalityCode code,
    String address,
    String queue,
    String kind,
    long messages,
    int delivering,
    int scheduled,
    int consumers,
    long added,
    long acknowledged) {}
