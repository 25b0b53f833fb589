package org.kiban.backup.source;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.backup.source.PostgresSource.Kind;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;

/**
 * What a configuration says of PostgreSQL: {@code <name> <uri> [<secret>]} for each.
 *
 * @param municipality empty if it is the node's
 * @param directory below which a restore makes the files
 * @param secrets by name
 * @param wrong says that a key has a wrong value
 */
public record PostgresSettings(
    Optional<MunicipalityCode> municipality,
    Path directory,
    Function<String, Optional<String>> secrets,
    BiFunction<String, String, KibanException> wrong) {

  private static final Pattern ENTRY =
      Pattern.compile("([a-z][a-z0-9-]{0,31}) (postgres(?:ql)?://\\S+)(?: (\\S+))?");

  /**
   * The sources that are configured.
   *
   * @param dumps databases
   * @param bases servers
   * @throws KibanException if an entry is wrong, or its secret is missing
   */
  public List<BackupSource> sources(String[] dumps, String[] bases) {
    List<BackupSource> all = new ArrayList<>();
    for (String entry : dumps) {
      all.add(source("postgresql", Kind.DUMP, entry));
    }
    for (String entry : bases) {
      all.add(source("postgresql-base", Kind.BASE, entry));
    }
    return all;
  }

  private BackupSource source(String key, Kind kind, String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches() || holdsPassword(matcher.group(2))) {
      throw wrong.apply(key, entry.replaceFirst("(?s)\\s.*", " …")); // there may be a password
    }
    String name = matcher.group(1);
    String secret = matcher.group(3);
    Optional<String> password = secret == null ? Optional.empty() : secrets.apply(secret);
    if (secret != null && password.isEmpty()) {
      throw wrong.apply(key, name + " … " + secret);
    }
    Path stored = directory.resolve("postgresql").resolve(name + kind.suffix());
    return new PostgresSource(name, municipality, kind, matcher.group(2), password, stored);
  }

  private static boolean holdsPassword(String uri) {
    try {
      URI parsed = URI.create(uri);
      String user = parsed.getRawUserInfo();
      String query = parsed.getRawQuery();
      return user != null && user.contains(":") || query != null && query.contains("password=");
    } catch (IllegalArgumentException e) {
      return true; // nobody knows
    }
  }
}
