package org.kiban.update;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.home.EtcChanges;
import org.kiban.update.home.Upgrade;

/**
 * The node itself. Its new version is tried in another process, so nobody knows how it ends until
 * that one keeps it or the old one goes on.
 *
 * @param upgrade changes the version
 */
record DistributionPart(Upgrade upgrade) implements Part {

  /** The one thing of this kind. */
  static final String ID = "kiban";

  @Override
  public String kind() {
    return "distribution";
  }

  @Override
  public Optional<String> installed(String id) {
    return id.equals(ID) ? Optional.of(upgrade.version()) : Optional.empty();
  }

  @Override
  public String plan(Offer offer, Path file) {
    return checked(offer, file).brief();
  }

  private Upgrade.Plan checked(Offer offer, Path file) {
    Upgrade.Plan plan = upgrade.plan(file);
    if (!offer.id().equals(ID) || !plan.version().equals(offer.version())) {
      throw new KibanException(
          Outcome.REFUSED, UpdateCode.OTHER_CONTENT, offer.name(), ID + "-" + plan.version());
    }
    return plan;
  }

  @Override
  public List<EtcChanges.Change> changes(Offer offer, Path file) {
    return checked(offer, file).etc();
  }

  @Override
  public Optional<String> put(Offer offer, Path file, Consumer<String> progress) {
    checked(offer, file);
    upgrade.begin(file, offer.version(), progress);
    return Optional.empty();
  }

  @Override
  public boolean back(String id, String version, Optional<Path> file, Consumer<String> progress) {
    upgrade.goBack(version, progress);
    return false;
  }

  /** After a restore, or where operators unpacked another version, that update is not there. */
  @Override
  public void requireWayBack(Note last) {
    if (!last.to().equals(upgrade.version())) {
      throw new KibanException(Outcome.USAGE, UpdateCode.NOTHING_TO_UNDO, last.id());
    }
  }

  @Override
  public boolean keeps(String version) {
    return upgrade.has(version);
  }

  @Override
  public boolean isUnderWay() {
    return upgrade.isOnTrial();
  }

  @Override
  public String whyNot() {
    return upgrade.why();
  }

  @Override
  public void noted() {
    upgrade.forget();
  }

  @Override
  public void goOn() {
    upgrade.restart();
  }
}
