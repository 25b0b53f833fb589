package org.kiban.addon.pack;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as OSGi orders it.
 *
 * @param major incompatible with another major
 * @param minor new functions
 * @param micro corrections
 * @param qualifier letters, digits, {@code _} and {@code -}; empty for none
 */
public record AddonVersion(int major, int minor, int micro, String qualifier)
    implements Comparable<AddonVersion> {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9})(?:\\.(\\d{1,9})(?:\\.([0-9A-Za-z_-]+))?)?)?");
  private static final Comparator<AddonVersion> ORDER =
      Comparator.comparingInt(AddonVersion::major)
          .thenComparingInt(AddonVersion::minor)
          .thenComparingInt(AddonVersion::micro)
          .thenComparing(AddonVersion::qualifier);

  /**
   * Reads {@code 1}, {@code 1.2}, {@code 1.2.3} or {@code 1.2.3.qualifier}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static AddonVersion parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(text);
    }
    return new AddonVersion(
        Integer.parseInt(m.group(1)),
        m.group(2) == null ? 0 : Integer.parseInt(m.group(2)),
        m.group(3) == null ? 0 : Integer.parseInt(m.group(3)),
        m.group(4) == null ? "" : m.group(4));
  }

  @Override
  public int compareTo(AddonVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + micro + (qualifier.isEmpty() ? "" : "." + qualifier);
  }
}
