package org.kiban.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kiban.core.KibanException;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.update.os.AptRoot;
import org.kiban.update.os.HelperDoor;
import org.kiban.update.os.OsPackages;
import org.kiban.update.os.SourceMemory;
import org.kiban.update.os.Urgent;

/** Packages of the operating system, with the real apt, dpkg and gpg in a private root. */
class PackagesTest extends DeskBench {

  private static final ZonedDateTime DAY =
      ZonedDateTime.of(2026, 11, 20, 1, 2, 3, 0, ZoneOffset.UTC);

  private AptRoot root;
  private HelperDoor door;
  private SourceMemory memory;
  private PackagesPart part;
  private OsDesk os;

  @BeforeEach
  void givenAPrivateRootWithTwoPackages() throws IOException {
    assumeTrue(AptRoot.isPossible(), "needs apt-get, dpkg-deb and gpg");
    root = AptRoot.create(folder.resolve("apt"));
    door = new HelperDoor(root);
    begin(new Urgent(List.of("*-Security:*")));
  }

  @AfterEach
  void closeTheDoor() throws IOException {
    if (door != null) {
      door.close();
    }
  }

  /** Starts the node anew, with another idea of what is urgent. */
  private void begin(Urgent urgent) throws IOException {
    OsPackages packages =
        new OsPackages(Path.of("/usr/bin"), root.lists(), root.environment(), urgent);
    memory = new SourceMemory(folder.resolve("os-sources.json"), new DurableFilesComponent());
    part = new PackagesPart(packages, door.helper(), memory, new PackagesPart.Found());
    os = new OsDesk(packages, memory, Optional.of(part), () -> now);
    journal.close();
    open();
  }

  @Override
  List<Part> parts() {
    return part == null ? List.of(addons) : List.of(addons, part);
  }

  private void offered(String probe, String other) throws IOException {
    root.make("probe", probe, "").make("other", other, "");
    root.publish(List.of("probe " + probe, "other " + other), DAY, Optional.empty());
    os.refresh();
  }

  private void looked(UpdateCode code) {
    refused(code, os::refresh);
    assertThat(os.problem(now, Duration.ofDays(400)))
        .hasValueSatisfying(p -> assertThat(p).contains(code.code()));
  }

  @Test
  void urgentPackagesAreInstalledAtOnceByTheHelperAndTheHistorySaysWhatChanged()
      throws IOException {
    offered("1.1-1", "1.2-1");
    assertThat(states()).containsExactly("other-1.2-1 DUE", "probe-1.1-1 DUE");

    assertThat(apply()).containsExactly(Note.What.KEPT, Note.What.KEPT);

    assertThat(root.content("probe")).isEqualTo("1.1-1");
    assertThat(root.content("other")).isEqualTo("1.2-1");
    assertThat(states()).isEmpty();
    assertThat(desk.history().get(0).from()).isEqualTo("1.0-1");
    assertThat(desk.history().get(0).detail()).isEqualTo("probe:all 1.0-1 → 1.1-1");
  }

  @Test
  void otherPackagesWaitForTheirApprovalAndTheWindowAndItsEndStopsBeforeTheNext()
      throws IOException {
    begin(new Urgent(List.of()));
    offered("1.1-1", "1.2-1");
    assertThat(states()).containsExactly("other-1.2-1 APPROVAL", "probe-1.1-1 APPROVAL");
    assertThat(desk.approvePackages(Lane.URGENT, "課長")).isZero();
    assertThat(desk.approvePackages(Lane.NORMAL, "課長")).isEqualTo(2);
    assertThat(states()).containsExactly("other-1.2-1 WINDOW", "probe-1.1-1 WINDOW");
    assertThat(apply()).isEmpty();

    now = SUNDAY;
    List<Note> done =
        desk.apply(
            Optional.empty(), "tester", (name, step) -> now = SUNDAY.plus(Duration.ofHours(4)));

    assertThat(done).extracting(n -> n.id() + " " + n.what()).containsExactly("other KEPT");
    assertThat(states()).containsExactly("probe-1.1-1 WINDOW");
    assertThat(root.content("probe")).isEmpty();
  }

  @Test
  void whatBelongsTogetherComesTogetherAndIsThenNotOffered() throws IOException {
    root.make("other", "1.2-1", "probe (>= 1.1)").make("probe", "1.1-1", "");
    root.publish(List.of("probe 1.1-1", "other 1.2-1"), DAY, Optional.empty());
    os.refresh();
    assertThat(desk.plan())
        .extracting(s -> s.item().name() + " " + s.effect())
        .contains("other-1.2-1 probe 1.1-1");

    assertThat(desk.apply(Optional.of("other-1.2-1"), "x", (a, b) -> {})).hasSize(1);

    assertThat(states()).isEmpty();
    assertThat(desk.history().get(0).detail())
        .isEqualTo("other:all 1.0-1 → 1.2-1, probe:all 1.0-1 → 1.1-1");
  }

  @Test
  void aPackageIsNotTakenBackButTheWayBackIsSaid() throws IOException {
    offered("1.1-1", "1.2-1");
    apply();

    refused(UpdateCode.OS_NO_WAY_BACK, () -> desk.rollBack("probe", "x", s -> {}));

    assertThat(desk.history().get(0).what()).isEqualTo(Note.What.KEPT);
    assertThat(root.content("probe")).isEqualTo("1.1-1");
  }

  @Test
  void aPackageOtherThanTheSignedOneIsNotInstalledAndWaitsForAnotherApproval() throws IOException {
    offered("1.1-1", "1.2-1");
    Path deb = root.folder().resolve("repository/pool/probe_1.1-1.deb");
    byte[] content = Files.readAllBytes(deb);
    content[content.length - 1] ^= 1;
    Files.write(deb, content);

    assertThat(apply()).containsExactly(Note.What.KEPT, Note.What.STOPPED);

    assertThat(states()).containsExactly("probe-1.1-1 FAILED");
    assertThat(root.content("probe")).isEmpty();
    assertThat(apply()).isEmpty();
  }

  @Test
  void metadataThatWentBackIsCriticalAlsoAfterARestartAndNothingIsApplied() throws IOException {
    offered("1.1-1", "1.2-1");
    root.publish(List.of("probe 1.1-1"), DAY.minusDays(9), Optional.empty());

    looked(UpdateCode.OS_WENT_BACK);
    begin(new Urgent(List.of("*-Security:*")));
    part.look();
    assertThat(os.problem(now, Duration.ofDays(400))).isPresent();
    assertThat(os.sources()).extracting(OsDesk.Known::code).containsExactly("KBN-UPDATE-105");
    assertThat(apply()).containsOnly(Note.What.STOPPED);
    assertThat(root.content("probe")).isEmpty();

    os.forget(os.remembered().get(0));
    assertThat(os.problem(now, Duration.ofDays(400))).isEmpty();
  }

  @Test
  void metadataThatWentBackIsSeenAlsoWhereAptHasLostItsLists() throws IOException {
    offered("1.1-1", "1.2-1");
    for (Path file : Files.list(root.lists()).filter(Files::isRegularFile).toList()) {
      Files.delete(file);
    }
    root.publish(List.of("probe 1.1-1"), DAY.minusDays(9), Optional.empty());
    assertThat(root.update()).isZero();

    refused(UpdateCode.OS_WENT_BACK, () -> os.look());
  }

  @Test
  void anotherContentOfTheSameMomentIsCriticalAndTheSameSignedAnewIsNot() throws IOException {
    offered("1.1-1", "1.2-1");
    root.publish(List.of("probe 1.1-1", "other 1.2-1"), DAY, Optional.empty());
    os.refresh();

    root.publish(List.of("probe 1.1-1"), DAY, Optional.empty());

    looked(UpdateCode.OS_TWO_FACES);
  }

  @Test
  void frozenMetadataIsRefusedOnceItsTimeIsOver() throws IOException {
    root.make("probe", "1.1-1", "");
    ZonedDateTime past = ZonedDateTime.now(ZoneOffset.UTC).minusDays(20);
    root.publish(List.of("probe 1.1-1"), past, Optional.of(past.plusDays(7)));

    looked(UpdateCode.OS_APT_FAILED);
  }

  @Test
  void metadataOfNobodyOrOfAStrangerOrChangedIsRefused() throws IOException {
    offered("1.1-1", "1.2-1");
    String signed = Files.readString(root.inRelease());

    Files.writeString(root.inRelease(), signed.replace("Codename: stable", "Codename: stabke"));
    looked(UpdateCode.OS_APT_FAILED);
    Files.writeString(root.inRelease(), signed);
    root.signByAnother();
    looked(UpdateCode.OS_APT_FAILED);
    Files.delete(root.inRelease());
    Files.writeString(
        root.inRelease().resolveSibling("Release"),
        signed.substring(signed.indexOf("Origin:"), signed.indexOf("-----BEGIN PGP SIGNATURE")));
    looked(UpdateCode.OS_APT_FAILED);

    Files.writeString(root.inRelease(), signed);
    os.refresh();
    assertThat(os.problem(now, Duration.ofDays(400))).isEmpty();
  }

  @Test
  void aHelperThatOthersCouldExchangeIsNotUsed() throws IOException {
    offered("1.1-1", "1.2-1");
    Files.setPosixFilePermissions(door.program(), PosixFilePermissions.fromString("rwxrwxr-x"));
    refused(UpdateCode.OS_HELPER_UNSAFE, os::refresh);
    assertThat(desk.plan())
        .extracting(Desk.Step::effect)
        .allSatisfy(e -> assertThat(e).contains("KBN-UPDATE-101"));
    Files.setPosixFilePermissions(door.program(), PosixFilePermissions.fromString("rwxr-xr-x"));

    Files.setPosixFilePermissions(
        door.program().getParent(), PosixFilePermissions.fromString("rwxr-xrwx"));
    refused(UpdateCode.OS_HELPER_UNSAFE, os::refresh);
  }

  @Test
  void aHelperThatIsNotThereOrBreaksOffIsSaid() throws IOException {
    offered("1.1-1", "1.2-1");
    door.mute = true;
    refused(UpdateCode.OS_NO_ANSWER, os::refresh);
    door.close();

    refused(UpdateCode.OS_HELPER_AWAY, os::refresh);
  }

  @Test
  void theHelperDoesNothingButItsThreeRequests() throws IOException {
    offered("1.1-1", "1.2-1");
    List<String> taken = new ArrayList<>();
    for (String version :
        List.of("1.1-1 -o x", "1.1-1-", "1.1-1+", "../x", "1*", "stable/x", "-f", "1;id", "")) {
      try {
        door.helper().install("probe", version);
        taken.add(version);
      } catch (KibanException e) {
        assertThat(e.code()).as(version).isEqualTo(UpdateCode.OS_APT_FAILED);
        assertThat(e.outcome().name()).as(version).isEqualTo("REFUSED");
      }
    }
    refused(UpdateCode.OS_APT_FAILED, () -> helper().install("--purge", "1"));
    refused(UpdateCode.OS_APT_FAILED, () -> helper().install("notinstalled", "1.0"));

    assertThat(taken).isEmpty();
    assertThat(root.content("probe")).isEmpty();
  }

  @Test
  void theHelperGoesNeverBackAndInstallsNothingNew() throws IOException {
    root.make("probe", "0.9-1", "").make("fresh", "1.0-1", "");
    root.publish(List.of("probe 0.9-1", "fresh 1.0-1"), DAY, Optional.empty());
    os.refresh();

    refused(UpdateCode.OS_APT_FAILED, () -> helper().install("probe", "0.9-1"));
    helper().install("fresh", "1.0-1");

    assertThat(root.content("probe")).isEmpty();
    assertThat(root.content("fresh")).isEmpty();
  }

  private org.kiban.update.os.AptHelper helper() {
    try {
      return door.helper();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
