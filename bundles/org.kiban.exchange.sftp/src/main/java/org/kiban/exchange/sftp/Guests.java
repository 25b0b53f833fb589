package org.kiban.exchange.sftp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.NodePaths;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may come in: a partner of a municipality that switches the linkage on, with a key in {@code
 * etc/sftp/<code>/<partner>.pub} or a password in the secret {@code sftp-<partner>}. Read anew at
 * each log-in, so that a partner is let in or shut out at once. Safe for any thread.
 */
record Guests(Municipalities municipalities, Partners partners, Secrets secrets, NodePaths paths) {

  private static final Logger LOG = LoggerFactory.getLogger(Guests.class);

  /** The partner of a user's name, if it is one that may come in at all. */
  Optional<Guest> known(String user) {
    return Guest.of(user)
        .filter(g -> municipalities.find(g.code()).filter(m -> m.has("exchange")).isPresent())
        .filter(g -> partners.find(g.code(), g.partner()).isPresent());
  }

  boolean hasPassword(String user, String password) {
    byte[] given = password.getBytes(StandardCharsets.UTF_8);
    byte[] held = known(user).flatMap(this::password).orElse("").getBytes(StandardCharsets.UTF_8);
    // Compared for nobody too, so that the time tells nothing.
    return MessageDigest.isEqual(held, given) && held.length > 0;
  }

  boolean hasKey(String user, PublicKey key) {
    return known(user).stream()
        .flatMap(g -> keys(g).stream())
        .anyMatch(k -> KeyUtils.compareKeys(k, key));
  }

  Optional<String> password(Guest guest) {
    try {
      return secrets.find(guest.code(), "sftp-" + guest.partner().toLowerCase(Locale.ROOT));
    } catch (KibanException e) {
      LOG.warn("{}", DoorMessage.NO_CREDENTIALS.line(guest.user(), e.getMessage()));
      return Optional.empty();
    }
  }

  /** The keys of a partner; lines that are none are told of and passed over. */
  List<PublicKey> keys(Guest guest) {
    Path file = paths.etc().resolve("sftp").resolve(guest.code().value());
    file = file.resolve(guest.partner() + ".pub");
    List<PublicKey> keys = new ArrayList<>();
    if (Files.notExists(file)) {
      return keys;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
        if (entry != null) {
          keys.add(entry.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING));
        }
      }
      if (keys.removeIf(Objects::isNull)) {
        LOG.warn("{}", DoorMessage.NO_CREDENTIALS.line(guest.user(), file + ": unknown type"));
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      LOG.warn("{}", DoorMessage.NO_CREDENTIALS.line(guest.user(), file + ": " + e.getMessage()));
    }
    return keys;
  }
}
