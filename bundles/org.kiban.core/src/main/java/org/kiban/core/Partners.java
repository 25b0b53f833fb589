package org.kiban.core;

import java.util.List;
import java.util.Optional;

/**
 * The registry of business systems, each municipality's apart. An OSGi service. Reads a small file;
 * does not block otherwise. Safe for any thread.
 */
public interface Partners {

  /**
   * Returns a municipality's partners by ascending id. Entries that the registry refuses (a wrong
   * id, the other environment) are left out.
   *
   * @param code the municipality
   */
  List<Partner> all(MunicipalityCode code);

  /**
   * Returns one partner, or nothing if the municipality has none with this id.
   *
   * @param code the municipality
   * @param id a 業務ID or three-character id
   */
  Optional<Partner> find(MunicipalityCode code, String id);

  /**
   * Returns one partner.
   *
   * @param code the municipality
   * @param id a 業務ID or three-character id
   * @throws KibanException (usage) if there is none with this id; (refused) if there is one, but of
   *     the other environment
   */
  Partner require(MunicipalityCode code, String id);
}
