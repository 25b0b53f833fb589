package org.kiban.addon.pack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of versions as OSGi writes it: {@code [0.1,1)}.
 *
 * @param text as written
 * @param low the lowest
 * @param withLow whether the lowest belongs to it
 * @param high the highest
 * @param withHigh whether the highest belongs to it
 */
public record AddonRange(
    String text, AddonVersion low, boolean withLow, AddonVersion high, boolean withHigh) {

  private static final Pattern FORM =
      Pattern.compile("([\\[(])\\s*([^,\\s]+)\\s*,\\s*([^,\\s]+)\\s*([\\])])");

  /**
   * Reads a range that has both ends: without an upper one, an add-on would claim to work with APIs
   * that nobody has written yet.
   *
   * @throws IllegalArgumentException if it is none, or empty
   */
  public static AddonRange parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(text);
    }
    AddonVersion low = AddonVersion.parse(m.group(2));
    AddonVersion high = AddonVersion.parse(m.group(3));
    if (low.compareTo(high) > 0) {
      throw new IllegalArgumentException(text);
    }
    return new AddonRange(text, low, m.group(1).equals("["), high, m.group(4).equals("]"));
  }

  /** Tells whether a version belongs to it. */
  public boolean includes(AddonVersion version) {
    int below = version.compareTo(low);
    int above = version.compareTo(high);
    return (withLow ? below >= 0 : below > 0) && (withHigh ? above <= 0 : above < 0);
  }

  @Override
  public String toString() {
    return text;
  }
}
