package org.kiban.update;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.tuf.Target;
import org.osgi.framework.Version;

/**
 * A version of something that the repository offers.
 *
 * @param kind what it is, for example {@code addon}
 * @param id what it would replace
 * @param version the version that it brings
 * @param lane how soon
 * @param ja what it is about, in Japanese; may be empty
 * @param en the same in English
 * @param target the file
 */
public record Offer(
    String kind, String id, String version, Lane lane, String ja, String en, Target target) {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9.-]{0,99}");
  private static final Pattern VERSION =
      Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,2}(\\.[0-9A-Za-z_-]{1,40})?");

  /** How operators name it. */
  public String name() {
    return id + "-" + version;
  }

  /** Whether the repository offers it, with a file; else the thing itself knows where it is. */
  boolean isInRepository() {
    return !target.path().isEmpty();
  }

  /** Orders versions as the container does. */
  public static int compare(String one, String other) {
    return Version.parseVersion(one).compareTo(Version.parseVersion(other));
  }

  /**
   * The newest offer of everything, urgent ones first. What an urgent one brings stays urgent when
   * a newer normal one replaces it, unless the urgent version is installed.
   *
   * @param targets what the repository vouches for; those without {@code kind} are not for nodes
   * @param installed the version of what is installed
   */
  static List<Offer> newest(List<Target> targets, Installed installed) {
    Map<String, Offer> newest = new TreeMap<>();
    for (Target target : targets) {
      if (target.custom().has("kind")) {
        Offer offer = of(target);
        Optional<String> there = installed.version(offer);
        if (there.isEmpty() || compare(offer.version, there.get()) > 0) {
          newest.merge(offer.kind + " " + offer.id, offer, Offer::newer);
        }
      }
    }
    return newest.values().stream()
        .sorted(
            Comparator.comparing(Offer::lane).thenComparing(Offer::kind).thenComparing(Offer::id))
        .toList();
  }

  /** Tells what is installed. */
  @FunctionalInterface
  interface Installed {
    Optional<String> version(Offer offer);
  }

  private static Offer newer(Offer a, Offer b) {
    Offer newer = compare(a.version, b.version) > 0 ? a : b;
    Lane lane = a.lane == Lane.URGENT || b.lane == Lane.URGENT ? Lane.URGENT : Lane.NORMAL;
    return new Offer(newer.kind, newer.id, newer.version, lane, newer.ja, newer.en, newer.target);
  }

  /** Reads what the signers say of a target. */
  static Offer of(Target target) {
    JsonNode custom = target.custom();
    return new Offer(
        text(target, "kind", ID),
        text(target, "id", ID),
        text(target, "version", VERSION),
        switch (custom.path("lane").asText("normal")) {
          case "normal" -> Lane.NORMAL;
          case "urgent" -> Lane.URGENT;
          default -> throw wrong(target, "lane");
        },
        custom.path("ja").asText(""),
        custom.path("en").asText(""),
        target);
  }

  private static String text(Target target, String field, Pattern form) {
    String text = target.custom().path(field).asText();
    if (!form.matcher(text).matches()) {
      throw wrong(target, field);
    }
    return text;
  }

  private static KibanException wrong(Target target, String field) {
    return new KibanException(
        Outcome.REFUSED,
        UpdateCode.NOT_METADATA,
        "targets.json",
        target.path() + ": custom." + field);
  }
}
