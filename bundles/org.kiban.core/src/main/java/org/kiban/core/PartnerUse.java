package org.kiban.core;

import java.util.List;

/**
 * Tells what uses a partner, so that it is not removed from under it. An OSGi service that a
 * capability offers if its declarations name partners. Does not block. Safe for any thread.
 */
@FunctionalInterface
public interface PartnerUse {

  /**
   * Returns what names the partner, for example the ids of interfaces; empty if nothing does.
   *
   * @param code the municipality
   * @param partner the partner's id
   */
  List<String> usersOf(MunicipalityCode code, String partner);
}
