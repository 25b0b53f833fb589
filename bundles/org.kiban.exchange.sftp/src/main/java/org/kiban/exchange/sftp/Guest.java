package org.kiban.exchange.sftp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.core.MunicipalityCode;

/**
 * A partner as a user of the door: {@code <code>-<partner>}.
 *
 * @param code the municipality that it belongs to
 * @param partner its id in that municipality's registry
 */
record Guest(MunicipalityCode code, String partner) {

  private static final Pattern USER = Pattern.compile("(\\d{6})-([0-9A-Za-z]{3})");

  static Optional<Guest> of(String user) {
    Matcher parts = USER.matcher(user);
    try {
      return parts.matches()
          ? Optional.of(new Guest(new MunicipalityCode(parts.group(1)), parts.group(2)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a wrong check digit is nobody
    }
  }

  String user() {
    return code + "-" + partner;
  }
}
