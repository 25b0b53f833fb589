package org.kiban.route.wall;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.keys.Secrets;

/**
 * What belongs to one municipality, as far as its routes may reach it.
 *
 * @param code the municipality
 * @param folders what its routes read and write
 * @param resources where its route files lie, with what they load: style sheets, schemas
 * @param peers whom they connect to
 * @param secrets of all municipalities; only {@link #secret} is used
 * @param told the values that {@link #secret} gave out, so that they can be kept out of messages
 */
record Grounds(
    MunicipalityCode code,
    Folders folders,
    Folders resources,
    Peers peers,
    Secrets secrets,
    Set<String> told) {

  Grounds(MunicipalityCode code, Folders folders, Folders resources, Peers peers, Secrets secrets) {
    this(code, folders, resources, peers, secrets, ConcurrentHashMap.newKeySet());
  }

  /**
   * Returns the value of a secret.
   *
   * @throws KibanException (refused) if there is none of that name
   */
  String secret(String name) {
    String value =
        secrets
            .find(code, name)
            .orElseThrow(
                () -> new KibanException(Outcome.REFUSED, WallMessage.NO_SECRET, name, code));
    told.add(value);
    return value;
  }

  /** A text without the values of secrets. */
  String withoutSecrets(String text) {
    String clean = text;
    for (String secret : told) {
      clean =
          clean
              .replace(secret, "xxxxxx")
              .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), "xxxxxx");
    }
    return clean;
  }

  /** Tells whether a JMS address is the municipality's. */
  boolean owns(String address) {
    // An Artemis client takes "queue::address" and "queue?key=value" apart.
    return address.startsWith(code + ".") && !address.contains("::") && !address.contains("?");
  }

  /**
   * Sees to it that a JMS address is the municipality's.
   *
   * @throws KibanException (refused) if it is not
   */
  void requireOwn(String address) {
    if (!owns(address)) {
      throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_ADDRESS, address, code);
    }
  }
}
