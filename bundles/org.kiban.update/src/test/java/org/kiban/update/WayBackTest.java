package org.kiban.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The way back, and what a crash cuts off. */
class WayBackTest extends DeskBench {

  @Test
  void theLastUpdateIsTakenBackAndWaitsForSomebody() {
    givenAnUpdate();

    desk.rollBack("a", "x", s -> {});

    assertThat(addons.versions).containsEntry("a", "1.0.0");
    assertThat(states()).containsExactly("a-1.1.0 TAKEN_BACK");
    assertThat(desk.items().get(0).reason()).isEqualTo("x");
    assertThat(UpdateVerdict.of(desk, "", now).toString())
        .contains("KBN-UPDATE-025", "a-1.1.0", "taken back");
    assertThat(desk.undoable()).isEmpty();
    refused(UpdateCode.NOTHING_TO_UNDO, () -> desk.rollBack("a", "x", s -> {}));
  }

  @Test
  void aWayBackThatACrashCutOffEndsAtTheNextStartAsTheNodeStands() throws IOException {
    givenAnUpdate();
    addons.during =
        () -> {
          throw new ThreadDeath();
        };

    assertThatThrownBy(() -> desk.rollBack("a", "x", s -> {})).isInstanceOf(ThreadDeath.class);
    journal.close();
    open();

    assertThat(desk.history().get(0).what()).isEqualTo(Note.What.KEPT);
    assertThat(desk.undoable()).containsExactly("a");

    addons.during =
        () -> {
          addons.versions.put("a", "1.0.0");
          throw new ThreadDeath();
        };
    assertThatThrownBy(() -> desk.rollBack("a", "x", s -> {})).isInstanceOf(ThreadDeath.class);
    journal.close();
    open();

    assertThat(desk.history().get(0).what()).isEqualTo(Note.What.ROLLED_BACK);
    assertThat(desk.undoable()).isEmpty();
  }

  @Test
  void withoutThePackageBeforeThereIsNoWayBack() {
    addons.versions.put("a", "0.9.0");
    offer("a", "1.0.0", "urgent");
    imported();
    apply();

    refused(UpdateCode.NO_WAY_BACK, () -> desk.rollBack("a", "x", s -> {}));
  }

  @Test
  void whatACrashCutOffEndsAtTheNextStartAsTheNodeStands() throws IOException {
    offer("a", "1.0.0", "urgent");
    imported();
    addons.during =
        () -> {
          throw new ThreadDeath();
        };
    assertThatThrownBy(this::apply).isInstanceOf(ThreadDeath.class);
    journal.close();
    open();
    assertThat(states()).containsExactly("a-1.0.0 FAILED");

    desk.approve("a-1.0.0", "x");
    addons.versions.put("a", "0.1.0");
    addons.during =
        () -> {
          addons.versions.put("a", "1.0.0");
          throw new ThreadDeath();
        };
    assertThatThrownBy(this::apply).isInstanceOf(ThreadDeath.class);
    journal.close();
    open();
    assertThat(desk.history().get(0).what()).isEqualTo(Note.What.KEPT);
  }

  @Test
  void filesThatNobodyNeedsAreRemovedAndTheWayBackStays() throws IOException {
    offer("a", "1.0.0", "urgent");
    offer("b", "1.0.0", "normal");
    imported();
    apply();
    offer("a", "1.1.0", "urgent");
    offer("b", "1.1.0", "normal");
    imported();
    apply();
    imported();

    try (var files = Files.list(folder.resolve("data/update/store"))) {
      assertThat(files.map(FakePart::read).sorted()).containsExactly("a1.0.0", "a1.1.0", "b1.1.0");
    }
  }

  @Test
  void aVersionThatWasGoneBackToStaysForTheNextWayBack() {
    givenAnUpdate();
    desk.rollBack("a", "x", step -> {});
    assertThat(addons.versions).containsEntry("a", "1.0.0");

    offer("a", "1.2.0", "urgent");
    imported();
    assertThat(apply()).containsExactly(Note.What.KEPT);
    desk.rollBack("a", "x", step -> {});

    assertThat(addons.versions).containsEntry("a", "1.0.0");
  }

  private void givenAnUpdate() {
    offer("a", "1.0.0", "urgent");
    imported();
    apply();
    offer("a", "1.1.0", "urgent");
    imported();
    apply();
  }
}
