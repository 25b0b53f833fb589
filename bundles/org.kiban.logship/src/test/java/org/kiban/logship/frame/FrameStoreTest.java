package org.kiban.logship.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.logship.frame.FrameSink.Fate;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

class FrameStoreTest {

  private static final Lane LANE = new Lane("log", "kura1", "0123456789abcdef0123456789abcdef");
  private static final Lane OTHER = new Lane("log", "kura2", "0123456789abcdef0123456789abcdef");
  private static final FrameStore.Room ROOM = new FrameStore.Room(1 << 30, 1 << 20);

  @TempDir private Path directory;
  private FrameStore store;

  @AfterEach
  void close() throws IOException {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void knowsAfterARestartHowFarEachLaneIs() throws IOException {
    open(ROOM);
    Frame first = Frames.next(LANE, Mark.START, "一行目\n");
    Frame second = Frames.next(LANE, first.after(), "二行目\n");
    Frame other = Frames.next(OTHER, Mark.START, "other\n");

    assertThat(store.store(List.of(first, second, other)))
        .containsExactly(Fate.STORED, Fate.STORED, Fate.STORED);
    reopen(ROOM);

    assertThat(store.mark(LANE)).isEqualTo(second.after());
    assertThat(store.mark(OTHER)).isEqualTo(other.after());
    assertThat(bodies()).containsExactly("一行目\n", "二行目\n", "other\n");
  }

  @Test
  void storesARepeatOnceAndNothingBehindAGap() throws IOException {
    open(ROOM);
    Frame first = Frames.next(LANE, Mark.START, "1\n");
    Frame second = Frames.next(LANE, first.after(), "2\n");
    Frame third = Frames.next(LANE, second.after(), "3\n");

    assertThat(store.store(List.of(first, first, third)))
        .containsExactly(Fate.STORED, Fate.KNOWN, Fate.OUT_OF_PLACE);
    assertThat(store.store(List.of(second, third))).containsExactly(Fate.STORED, Fate.STORED);

    assertThat(bodies()).containsExactly("1\n", "2\n", "3\n");
  }

  @Test
  void refusesAnotherContentAtTheSamePlace() throws IOException {
    open(ROOM);
    Frame first = Frames.next(LANE, Mark.START, "1\n");
    Frame changed = Frames.next(LANE, Frames.next(LANE, Mark.START, "X\n").after(), "2\n");

    assertThat(store.store(List.of(first, changed)))
        .containsExactly(Fate.STORED, Fate.OUT_OF_PLACE);
  }

  @Test
  void goesOnFromAPlaceAcrossVolumes() throws IOException {
    open(new FrameStore.Room(1 << 30, 100));
    Mark mark = Mark.START;
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Frame frame = Frames.next(LANE, mark, "line " + i + "\n");
      store.store(List.of(frame));
      mark = frame.after();
      places.add(store.end());
    }
    assertThat(places.get(4).volume()).isGreaterThan(places.get(0).volume());

    List<String> found = new ArrayList<>();
    store.read(places.get(1), (after, frame) -> found.add(Frames.body(frame)));

    assertThat(found).containsExactly("line 2\n", "line 3\n", "line 4\n");
  }

  @Test
  void throwsAwayWhatAllHaveAndStillKnowsTheLanes() throws IOException {
    open(new FrameStore.Room(1 << 30, 100));
    Frame first = Frames.next(LANE, Mark.START, "1\n");
    Frame second = Frames.next(LANE, first.after(), "2\n");
    Frame other = Frames.next(OTHER, Mark.START, "3\n");
    for (Frame frame : List.of(first, second, other)) {
      store.store(List.of(frame));
    }

    store.release(store.end(), 0);
    reopen(ROOM);

    assertThat(bodies()).containsExactly("3\n");
    assertThat(store.mark(LANE)).isEqualTo(second.after());
  }

  @Test
  void whoReadsAVolumeReadsItToItsEndThoughItIsThrownAway() throws IOException {
    // given
    open(new FrameStore.Room(1 << 30, 100));
    Mark mark = Mark.START;
    for (int i = 0; i < 4; i++) {
      Frame frame = Frames.next(LANE, mark, "line " + i + "\n");
      store.store(List.of(frame));
      mark = frame.after();
    }

    // when all that can go goes while the first is being read
    List<String> found = new ArrayList<>();
    store.read(
        Place.START,
        (after, frame) -> {
          store.release(store.end(), 0);
          found.add(Frames.body(frame));
        });

    // then nothing is left of it, on disk either
    assertThat(found).containsExactly("line 0\n", "line 3\n");
    assertThat(bodies()).containsExactly("line 3\n");
    reopen(ROOM);
    assertThat(bodies()).containsExactly("line 3\n");
  }

  @Test
  void isFullBeforeItOutgrowsItsRoom() throws IOException {
    open(new FrameStore.Room(2000, 100));
    Mark mark = Mark.START;
    Fate fate = Fate.STORED;
    int stored = 0;
    while (fate == Fate.STORED) {
      Frame frame = Frames.next(LANE, mark, "line\n");
      fate = store.store(List.of(frame)).get(0);
      if (fate == Fate.STORED) {
        mark = frame.after();
        stored++;
      }
    }
    assertThat(fate).isEqualTo(Fate.FULL);
    assertThat(bodies()).hasSize(stored);

    store.release(store.end(), 0);

    assertThat(store.store(List.of(Frames.next(LANE, mark, "line\n"))))
        .containsExactly(Fate.STORED);
  }

  @Test
  void tellsAFrameThatIsNotWhatItsChainSays() {
    Frame frame = Frames.next(LANE, Mark.START, "right\n");
    Frame other = Frames.next(LANE, Mark.START, "wrong\n");
    Frame forged =
        new Frame(
            LANE, Mark.START, frame.after(), other.metaBytes(), other.rawBytes(), other.packed());

    assertThatThrownBy(forged::unpack)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chain");
  }

  private List<String> bodies() throws IOException {
    List<String> bodies = new ArrayList<>();
    store.read(Place.START, (after, frame) -> bodies.add(Frames.body(frame)));
    return bodies;
  }

  private void reopen(FrameStore.Room room) throws IOException {
    store.close();
    open(room);
  }

  private void open(FrameStore.Room room) throws IOException {
    store =
        new FrameStore(
            directory,
            new JournalsComponent(new DurableFilesComponent()),
            new SecretKeySpec(new byte[32], "AES"),
            room);
  }
}
