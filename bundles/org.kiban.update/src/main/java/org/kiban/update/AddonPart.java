package org.kiban.update;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.kiban.addon.api.AddonChanges;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Add-ons. The repository says that a version is the newest; the vendor's own signature, which the
 * swap verifies, says what it may touch: both are needed.
 *
 * @param addons the guarded swap
 */
record AddonPart(AddonChanges addons) implements Part {

  @Override
  public String kind() {
    return "addon";
  }

  @Override
  public Optional<String> installed(String id) {
    return Optional.ofNullable(addons.installed().get(id));
  }

  @Override
  public String plan(Offer offer, Path file) {
    AddonChanges.Plan plan = addons.plan(file);
    if (!plan.id().equals(offer.id()) || Offer.compare(plan.version(), offer.version()) != 0) {
      throw new KibanException(
          Outcome.REFUSED,
          UpdateCode.OTHER_CONTENT,
          offer.name(),
          plan.id() + "-" + plan.version());
    }
    return plan.routes().isEmpty()
        ? plan.pauseMillis() + " ms"
        : plan.pauseMillis() + " ms, " + String.join(", ", plan.routes());
  }

  @Override
  public Optional<String> put(Offer offer, Path file, Consumer<String> progress) {
    plan(offer, file);
    addons.put(file, progress);
    return Optional.of("");
  }

  @Override
  public boolean back(String id, String version, Optional<Path> file, Consumer<String> progress) {
    file.ifPresentOrElse(f -> addons.back(f, progress), () -> addons.remove(id, progress));
    return true;
  }
}
