package org.kiban.backup.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kiban.backup.Fixture;
import org.kiban.backup.backend.Backend.Entry;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.repository.Repository;

/** What every place for a repository must do, whatever it is made of. */
abstract class BackendContractTest {

  private Backend backend;

  /** An empty place; files can be put in by others. */
  abstract Backend empty() throws Exception;

  /** Puts a file in that is not of a repository, at a path below it. */
  abstract void foreign(String path) throws Exception;

  /** What a save that was broken off leaves beside the file's place; nothing where it is empty. */
  String leftover(String name) {
    return "";
  }

  /** How many names an answer holds. */
  int page() {
    return 128;
  }

  @BeforeEach
  void givenAnEmptyRepository() throws Exception {
    backend = empty();
    backend.create();
  }

  @AfterEach
  void close() throws Exception {
    if (backend != null) {
      backend.close();
    }
  }

  private static String name(Kind kind, byte[] content) {
    return kind == Kind.CONFIG ? "config" : Repository.hash(content, 0, content.length).toString();
  }

  private String save(Kind kind, byte[] content) throws Exception {
    String name = name(kind, content);
    backend.save(kind, name, content, content.length);
    return name;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_is_saved_is_read_listed_and_removed(Kind kind) throws Exception {
    byte[] content = Fixture.random(kind.ordinal(), 70_001);
    assertThat(backend.list(kind)).isEmpty();

    String name = save(kind, content);

    assertThat(backend.load(kind, name)).isEqualTo(content);
    assertThat(backend.size(kind, name)).isEqualTo(content.length);
    assertThat(backend.list(kind)).containsExactly(new Entry(name, content.length));
    byte[] part = new byte[1000];
    backend.load(kind, name, 69_001, part, 1000);
    assertThat(part).isEqualTo(Arrays.copyOfRange(content, 69_001, 70_001));
    backend.delete(kind, name);
    assertThat(backend.list(kind)).isEmpty();
    assertThatThrownBy(() -> backend.load(kind, name)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void only_the_length_that_was_named_is_saved_and_read() throws Exception {
    byte[] content = Fixture.random(1, 5000);
    byte[] wanted = Arrays.copyOf(content, 1234);
    String name = name(Kind.PACK, wanted);

    backend.save(Kind.PACK, name, content, 1234);

    assertThat(backend.load(Kind.PACK, name)).isEqualTo(wanted);
    byte[] room = new byte[20];
    backend.load(Kind.PACK, name, 10, room, 5);
    assertThat(room).startsWith(Arrays.copyOfRange(content, 10, 15)).endsWith(new byte[15]);
  }

  @Test
  void a_range_beyond_the_end_is_told_apart_from_a_missing_file() throws Exception {
    String name = save(Kind.PACK, Fixture.random(1, 100));
    String missing = "ab".repeat(32);
    byte[] room = new byte[200];

    assertThatThrownBy(() -> backend.load(Kind.PACK, name, 50, room, 51))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> backend.load(Kind.PACK, name, 150, room, 1))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> backend.load(Kind.PACK, missing, 0, room, 1))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> backend.load(Kind.PACK, missing))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> backend.size(Kind.PACK, missing))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> backend.delete(Kind.LOCK, missing))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void a_file_that_is_there_is_never_replaced() throws Exception {
    byte[] first = Fixture.random(1, 3000);
    String name = save(Kind.INDEX, first);

    assertThatThrownBy(() -> backend.save(Kind.INDEX, name, first, first.length))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(backend.load(Kind.INDEX, name)).isEqualTo(first);
    assertThat(backend.list(Kind.INDEX)).hasSize(1);
  }

  @Test
  void what_others_put_beside_the_files_is_left_out() throws Exception {
    foreign("index/README");
    foreign("index/" + "ab".repeat(32) + "-tmp");
    foreign("snapshots/" + "AB".repeat(32));
    foreign("data/ab/" + "ab".repeat(30));
    foreign("parity/" + "ab".repeat(32));
    String name = save(Kind.INDEX, Fixture.random(1, 10));

    assertThat(backend.list(Kind.INDEX)).extracting(Entry::name).containsExactly(name);
    for (Kind kind : List.of(Kind.SNAPSHOT, Kind.PACK, Kind.KEY, Kind.LOCK, Kind.CONFIG)) {
      assertThat(backend.list(kind)).as(kind.name()).isEmpty();
    }
  }

  @Test
  void a_file_is_seen_whole_or_not_at_all() throws Exception {
    byte[] content = Fixture.random(1, 24 << 20);
    ExecutorService saver = Executors.newSingleThreadExecutor();
    try {
      Future<String> saving = saver.submit(() -> save(Kind.PACK, content));
      boolean last;
      do {
        last = saving.isDone();
        for (Entry entry : backend.list(Kind.PACK)) {
          assertThat(entry).isEqualTo(new Entry(name(Kind.PACK, content), content.length));
        }
      } while (!last);
      assertThat(backend.load(Kind.PACK, saving.get())).isEqualTo(content);
    } finally {
      saver.shutdownNow();
    }
  }

  @Test
  void many_may_work_at_a_time() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> saved = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] content = Fixture.random(i, 200_000 + i);
        saved.add(
            threads.submit(
                () -> {
                  String name = save(Kind.PACK, content);
                  byte[] part = new byte[1000];
                  backend.load(Kind.PACK, name, 199_000, part, 1000);
                  assertThat(part).isEqualTo(Arrays.copyOfRange(content, 199_000, 200_000));
                  return name;
                }));
      }
      List<String> names = new ArrayList<>();
      for (Future<String> one : saved) {
        names.add(one.get());
      }
      assertThat(backend.list(Kind.PACK))
          .extracting(Entry::name)
          .containsExactlyInAnyOrderElementsOf(names);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void two_that_save_the_same_leave_it_once_and_whole() throws Exception {
    byte[] content = Fixture.random(1, 2 << 20);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(
                () -> {
                  try {
                    save(Kind.PACK, content);
                  } catch (FileAlreadyExistsException theOther) {
                    assertThat(backend.size(Kind.PACK, name(Kind.PACK, content)))
                        .isEqualTo(content.length);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(backend.load(Kind.PACK, name(Kind.PACK, content))).isEqualTo(content);
    assertThat(backend.list(Kind.PACK)).hasSize(1);
  }

  @Test
  void what_broken_saves_left_is_discarded_and_nothing_else() throws Exception {
    String name = save(Kind.PACK, Fixture.random(1, 10));
    foreign("index/README");
    foreign("data/README-tmp");
    List<String> places = leftover(name).isEmpty() ? List.of() : List.of("index/", "data/ab/");
    for (String place : places) {
      foreign(place + leftover("ab".repeat(32)));
    }
    assertThat(backend.discardLeftovers()).isEqualTo(places.size());
    assertThat(backend.discardLeftovers()).isZero();
    assertThat(backend.list(Kind.PACK)).extracting(Entry::name).containsExactly(name);
  }

  @Test
  void making_it_again_harms_nothing() throws Exception {
    String name = save(Kind.KEY, Fixture.random(1, 10));

    backend.create();

    assertThat(backend.list(Kind.KEY)).extracting(Entry::name).containsExactly(name);
  }

  @Test
  void more_files_than_one_answer_holds_are_all_listed() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < page() + page() / 10; i++) {
      names.add(save(Kind.SNAPSHOT, ("snapshot " + i).getBytes()));
    }

    assertThat(backend.list(Kind.SNAPSHOT))
        .extracting(Entry::name)
        .containsExactlyInAnyOrderElementsOf(names);
  }
}
