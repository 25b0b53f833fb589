package org.kiban.backup.job;

import java.util.List;
import java.util.Map;
import org.kiban.backup.BackupMessage;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * A configuration's values by key, each as it is needed.
 *
 * @param file for messages
 */
public record Values(String file, Map<String, ?> all) {

  /**
   * Words.
   *
   * @param fallback if the key is missing
   */
  public List<String> list(String key, List<String> fallback) {
    Object value = all.get(key);
    if (value instanceof String[] words) {
      return List.of(words);
    }
    if (value != null) {
      return List.of(text(key, ""));
    }
    return fallback;
  }

  /**
   * One word.
   *
   * @param fallback if the key is missing
   */
  public String text(String key, String fallback) {
    Object value = all.get(key);
    if (value instanceof String word) {
      return word;
    }
    if (value != null) {
      throw wrong(
          key, value instanceof String[] words ? List.of(words).toString() : value.toString());
    }
    return fallback;
  }

  /** Says that a value cannot be. */
  public KibanException wrong(String key, String value) {
    return new KibanException(Outcome.USAGE, BackupMessage.WRONG_SETTING, file, key, value);
  }
}
