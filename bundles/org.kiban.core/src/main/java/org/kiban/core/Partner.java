package org.kiban.core;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A business system that a municipality exchanges with. Immutable.
 *
 * @param id its 業務ID (three digits) or, outside the standard, the three characters that the
 *     municipality gave it
 * @param name what people call it; the 業務ID's name if the registry gives none
 * @param vendor who maintains it; may be empty
 * @param environment whether its data is real; always the municipality's own
 * @param zone the network zone that it stands in, since addresses overlap between members; may be
 *     empty
 * @param endpoints where it is reached: what the endpoint is for, such as {@code sftp}, and its
 *     address
 */
public record Partner(
    String id,
    String name,
    String vendor,
    Environment environment,
    String zone,
    SortedMap<String, String> endpoints) {

  /** Copies the map. */
  public Partner {
    endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
  }
}
