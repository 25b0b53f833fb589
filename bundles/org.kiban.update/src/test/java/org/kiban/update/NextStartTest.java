package org.kiban.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Updates of which only the next start tells how they end. */
class NextStartTest extends DeskBench {

  @BeforeEach
  void givenAnUpdateThatBegan() {
    addons.versions.put("a", "1.0.0");
    addons.needsStart = true;
    offer("a", "1.1.0", "urgent");
    offer("b", "1.0.0", "urgent");
    imported();
    assertThat(apply()).containsExactly(Note.What.BEGUN);
  }

  private void restart(boolean underWay) throws IOException {
    journal.close();
    addons.underWay = underWay;
    open();
  }

  private List<Note.What> ofA() {
    return desk.history().stream().filter(n -> n.id().equals("a")).map(Note::what).toList();
  }

  @Test
  void nothingElseIsAppliedUntilThen() throws IOException {
    refused(UpdateCode.ON_TRIAL, this::apply);
    restart(true);
    refused(UpdateCode.ON_TRIAL, this::apply);
    refused(UpdateCode.ON_TRIAL, () -> desk.rollBack("a", "tester", s -> {}));
    assertThat(states()).contains("a-1.1.0 UNDER_WAY");
  }

  @Test
  void isKeptOnceTheTrialIs() throws IOException {
    restart(true);
    addons.versions.put("a", "1.1.0");

    desk.settle();

    assertThat(ofA()).containsExactly(Note.What.KEPT, Note.What.BEGUN);
    addons.needsStart = false;
    assertThat(apply()).containsExactly(Note.What.KEPT);
  }

  @Test
  void failsWithItsReasonIfTheOldVersionRuns() throws IOException {
    addons.whyNot = "KBN-UPDATE-205: a queue is not there";
    restart(false);

    assertThat(ofA()).containsExactly(Note.What.RETURNED, Note.What.BEGUN);
    assertThat(desk.items()).filteredOn(i -> i.id().equals("a")).singleElement();
    assertThat(desk.items().get(0).reason()).contains("a queue is not there");
    assertThat(addons.whyNot).isEmpty();
  }

  @Test
  void wasCutOffIfNobodyKnowsWhy() throws IOException {
    restart(false);

    assertThat(desk.history().get(0).detail()).contains("KBN-UPDATE-021");
    assertThat(Optional.of(desk.history().get(0).what())).hasValue(Note.What.RETURNED);
  }
}
