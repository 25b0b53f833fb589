package org.kiban.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Things that are installed by writing down their version. */
final class FakePart implements Part {
  final Map<String, String> versions = new TreeMap<>();
  Runnable during = () -> {};
  boolean broken;

  /** Whether only the next start tells how an update ends. */
  boolean needsStart;

  boolean underWay;
  String whyNot = "";

  @Override
  public String kind() {
    return "addon";
  }

  @Override
  public Optional<String> installed(String id) {
    return Optional.ofNullable(versions.get(id));
  }

  @Override
  public String plan(Offer offer, Path file) {
    return "";
  }

  @Override
  public Optional<String> put(Offer offer, Path file, Consumer<String> progress) {
    during.run();
    if (broken) {
      throw new KibanException(Outcome.FAILED, UpdateCode.OTHER_CONTENT, "a", "b");
    }
    if (needsStart) {
      return Optional.empty();
    }
    assertThat(read(file)).isEqualTo(offer.id() + offer.version());
    versions.put(offer.id(), offer.version());
    return Optional.of("");
  }

  @Override
  public boolean back(String id, String version, Optional<Path> file, Consumer<String> progress) {
    during.run();
    versions.put(id, file.map(f -> read(f).substring(id.length())).orElse(""));
    return true;
  }

  @Override
  public boolean isUnderWay() {
    return underWay;
  }

  @Override
  public String whyNot() {
    return whyNot;
  }

  @Override
  public void noted() {
    whyNot = "";
  }

  @Override
  public void goOn() {
    // the test opens the desk again
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
