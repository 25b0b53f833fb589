package org.kiban.update;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.kiban.core.Digests;
import org.kiban.core.storage.Journal;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** Two lanes, approvals, windows and nodes that go first. */
class DeskTest extends DeskBench {

  @Test
  void anUrgentUpdateIsAppliedAtOnceAndANormalOneWaitsForApprovalAndWindow() {
    offer("a", "1.1.0", "normal");
    offer("b", "1.1.0", "urgent");
    imported();
    assertThat(states()).containsExactly("b-1.1.0 DUE", "a-1.1.0 APPROVAL");

    assertThat(apply()).containsExactly(Note.What.KEPT);
    desk.approve("a-1.1.0", "課長");
    assertThat(states()).containsExactly("a-1.1.0 WINDOW");
    assertThat(desk.items().get(0).when()).isEqualTo(Instant.parse("2026-11-28T16:00:00Z"));
    assertThat(apply()).isEmpty();
    refused(UpdateCode.NOT_DUE, () -> desk.apply(Optional.of("a-1.1.0"), "x", (a, b) -> {}));

    now = SUNDAY;
    assertThat(apply()).containsExactly(Note.What.KEPT);
    assertThat(addons.versions).containsEntry("a", "1.1.0").containsEntry("b", "1.1.0");
    assertThat(desk.history())
        .extracting(n -> n.who() + " " + n.what() + " " + n.id())
        .contains("課長 APPROVED a", "tester KEPT a");
  }

  @Test
  void theEndOfTheWindowStopsBeforeTheNextUpdate() {
    offer("a", "1.0.0", "normal");
    offer("b", "1.0.0", "normal");
    imported();
    desk.approve("a-1.0.0", "x");
    desk.approve("b-1.0.0", "x");
    now = SUNDAY;
    addons.during = () -> now = SUNDAY.plus(Duration.ofHours(4));

    assertThat(apply()).containsExactly(Note.What.KEPT);

    assertThat(states()).containsExactly("b-1.0.0 WINDOW");
  }

  @Test
  void whatIsBeingAppliedWaitsForNobody() {
    offer("a", "1.0.0", "normal");
    imported();
    desk.approve("a-1.0.0", "x");
    now = SUNDAY;
    List<String> seen = new java.util.ArrayList<>();
    addons.during =
        () -> {
          seen.addAll(states());
          seen.add(UpdateVerdict.of(desk, "", now).getStatus() + " " + desk.isBusy());
        };

    apply();

    // A warning that somebody is waited for would make the gate take the update back.
    assertThat(seen).containsExactly("a-1.0.0 UNDER_WAY", "OK true");
    assertThat(desk.isBusy()).isFalse();
  }

  @Test
  void whatFailsIsNotTriedAgainUntilSomebodyApprovesIt() {
    offer("a", "1.0.0", "urgent");
    imported();
    addons.broken = true;
    assertThat(apply()).containsExactly(Note.What.RETURNED);
    assertThat(states()).containsExactly("a-1.0.0 FAILED");
    assertThat(apply()).isEmpty();

    addons.broken = false;
    desk.approve("a-1.0.0", "x");

    assertThat(apply()).containsExactly(Note.What.KEPT);
  }

  @Test
  void anUpdateWhoseFileDidNotComeHoldsUpNoOther() throws IOException {
    offer("a", "1.0.0", "urgent");
    offer("b", "1.0.0", "urgent");
    imported();
    Files.delete(folder.resolve("data/update/store").resolve(Digests.sha256("a1.0.0".getBytes())));

    assertThat(apply()).containsExactly(Note.What.KEPT);
    assertThat(addons.versions).containsOnlyKeys("b");
    refused(UpdateCode.NOT_COPIED, this::apply);

    desk.take(null, "tester");
    assertThat(apply()).containsExactly(Note.What.KEPT);
  }

  @Test
  void anImportThatBreaksOffGoesOnWithTheNextOne() throws IOException {
    offer("a", "1.0.0", "normal");
    imported();
    offer("b", "1.0.0", "urgent");
    repository.next().publish();
    Path there =
        repository
            .folder()
            .resolve("targets/addon")
            .resolve(Digests.sha256("b1.0.0".getBytes()) + ".b-1.0.0.kar");
    Path gone = Files.move(there, folder.resolve("gone"));
    refused(UpdateCode.MISSING, () -> desk.take(null, "x"));
    assertThat(states()).containsExactly("a-1.0.0 APPROVAL");

    journal.close();
    open();
    refused(UpdateCode.NOT_COPIED, this::apply);

    Files.move(gone, there);
    assertThat(desk.take(null, "x").copied()).isOne();
    assertThat(apply()).containsExactly(Note.What.KEPT);
  }

  @Test
  void anApprovalIsOfTheFileThatWasOffered() {
    offer("a", "1.0.0", "normal");
    imported();
    desk.approve("a-1.0.0", "課長");
    assertThat(states()).containsExactly("a-1.0.0 WINDOW");

    repository.add(
        "addon/a-1.0.0.kar",
        "another".getBytes(StandardCharsets.UTF_8),
        custom("a", "1.0.0", "normal"));
    imported();

    assertThat(states()).containsExactly("a-1.0.0 APPROVAL");
    assertThat(desk.items().get(0).approvedBy()).isEmpty();
  }

  @Test
  void onlyTheNewestVersionThatIsNewerThanTheInstalledOneIsOffered() {
    addons.versions.put("a", "1.9.0");
    addons.versions.put("b", "2.0.0");
    offer("a", "1.8.0", "urgent");
    offer("a", "1.10.0", "urgent");
    offer("a", "1.11.0", "normal");
    offer("b", "2.0.0", "urgent");
    imported();

    // What is urgent in 1.10.0 is in 1.11.0 too.
    assertThat(desk.items())
        .extracting(Item::name, Item::lane)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("a-1.11.0", Lane.URGENT));
  }

  @Test
  void aNodeWaitsUntilThoseThatGoFirstHaveBeenWellForLongEnough() throws IOException {
    first = List.of("kura1");
    journal.close();
    open();
    offer("a", "1.0.0", "urgent");
    imported();
    assertThat(states()).containsExactly("a-1.0.0 CANARY");
    assertThat(apply()).isEmpty();

    try (Journal other =
        new JournalsComponent(new DurableFilesComponent())
            .open(folder.resolve("journal1"), new SecretKeySpec(new byte[32], "AES"))) {
      Desk kura1 = desk("kura1", other);
      kura1.take(null, "tester");
      kura1.apply(Optional.empty(), "tester", (a, b) -> {});
    }
    addons.versions.clear();
    assertThat(states()).containsExactly("a-1.0.0 CANARY");

    now = NOW.plus(Duration.ofHours(24));
    assertThat(apply()).containsExactly(Note.What.KEPT);
  }

  @Test
  void aClockThatWentBackStopsTheImportAndAStateThatIsPastItsTimeIsNotApplied() {
    offer("a", "1.0.0", "urgent");
    imported();
    now = NOW.minusSeconds(1);
    refused(UpdateCode.CLOCK_WENT_BACK, () -> desk.take(null, "x"));

    now = NOW.plus(Duration.ofDays(40));
    refused(UpdateCode.EXPIRED, this::apply);
  }

  @Test
  void anUpdateThatIsNotOfferedOrOfAnUnknownKindIsRefused() {
    repository.add(
        "x",
        new byte[] {1},
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "firmware")
            .put("id", "x")
            .put("version", "1"));
    imported();

    assertThat(states()).containsExactly("x-1 UNKNOWN");
    refused(UpdateCode.NO_SUCH_UPDATE, () -> desk.approve("y-1", "x"));
    refused(UpdateCode.NOT_DUE, () -> desk.apply(Optional.of("x-1"), "x", (a, b) -> {}));
  }

  @Test
  void withoutAnAnchorNothingIsTrusted() throws IOException {
    Files.delete(folder.resolve("etc/update/root.json"));

    refused(UpdateCode.NO_ANCHOR, () -> desk.take(null, "x"));
  }
}
