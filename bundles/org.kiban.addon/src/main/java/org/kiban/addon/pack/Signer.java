package org.kiban.addon.pack;

import java.time.LocalDate;
import java.util.List;

/**
 * A vendor's key as the trust store has it.
 *
 * @param keyId the first 32 hexadecimal digits of the SHA-256 of the public key
 * @param vendor whose it is
 * @param prefixes what ids and symbolic names must be or begin with (followed by a dot)
 * @param grants what its add-ons may ask for
 * @param from first day that it signs for
 * @param until last day that it signs for
 */
public record Signer(
    String keyId,
    String vendor,
    List<String> prefixes,
    Permissions grants,
    LocalDate from,
    LocalDate until) {

  /** Copies the list. */
  public Signer {
    prefixes = List.copyOf(prefixes);
  }

  /** Tells whether a name is one of its prefixes or lies below one. */
  public boolean mayName(String name) {
    return prefixes.stream().anyMatch(p -> name.equals(p) || name.startsWith(p + "."));
  }
}
