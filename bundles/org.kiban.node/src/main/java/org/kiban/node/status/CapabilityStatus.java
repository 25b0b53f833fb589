package org.kiban.node.status;

/**
 * A capability of one municipality. Immutable.
 *
 * @param name its name
 * @param japanese its name for people, in Japanese
 * @param english its name for people, in English
 * @param own whether it is one of the product's own, not an add-on
 * @param state how it is
 * @param reason why, where that is not {@link CapabilityState#RUNNING}; may be empty
 */
public record CapabilityStatus(
    String name,
    String japanese,
    String english,
    boolean own,
    CapabilityState state,
    String reason) {}
