package org.kiban.exchange.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.storage.DurableFilesComponent;

class ContentStoreTest {

  private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");

  @TempDir Path directory;
  private ContentStore store;

  @BeforeEach
  void open() throws IOException {
    store = new ContentStore(directory, KEY, new DurableFilesComponent());
  }

  @Test
  void givesBackWhatWasPutAlsoAfterARestart() throws IOException {
    byte[] first = "宛名".getBytes(StandardCharsets.UTF_8);
    byte[] second = random(ContentStore.FRAME);
    String a = store.put(store.seal(first), 30);
    String b = store.put(store.seal(second), 30);
    String c = store.put(store.seal(new byte[0]), 30);
    store.close();
    open();
    assertThat(read(a)).isEqualTo(first);
    assertThat(read(b)).isEqualTo(second);
    assertThat(read(c)).isEmpty();
  }

  @Test
  void streamsALargeContentThrough() throws IOException {
    byte[] content = random(3 * ContentStore.FRAME + 17);
    ContentStore.Large large = store.large();
    large.write(content, 0, 100);
    large.write(content, 100, content.length - 100);
    assertThat(read(large.commit())).isEqualTo(content);
  }

  @Test
  void leavesNothingOfADiscardedContent() throws IOException {
    ContentStore.Large large = store.large();
    large.write(random(2 * ContentStore.FRAME), 0, 2 * ContentStore.FRAME);
    large.discard();
    assertThat(store.segments()).isEmpty();
  }

  @Test
  void doesNotShowPlainTextOnDisk() throws IOException {
    String ref = store.put(store.seal("倉敷市".repeat(100).getBytes(StandardCharsets.UTF_8)), 30);
    store.sync();
    byte[] disk = Files.readAllBytes(segment(ref));
    assertThat(new String(disk, StandardCharsets.UTF_8)).doesNotContain("倉敷");
  }

  @Test
  void anyFlippedByteOfAnEntryIsNoticed() throws IOException {
    String ref = store.put(store.seal(random(200)), 30);
    store.sync();
    byte[] disk = Files.readAllBytes(segment(ref));
    for (int i = 0; i < disk.length - 4; i++) {
      byte[] damaged = disk.clone();
      damaged[i] ^= 1;
      Files.write(segment(ref), damaged);
      assertThatThrownBy(() -> read(ref)).as("byte " + i).isInstanceOf(IOException.class);
    }
  }

  @Test
  void removesOnlyOldSegmentsThatNothingRefersTo() throws IOException {
    ContentStore.Large kept = store.large();
    kept.write(1);
    String keptRef = kept.commit();
    ContentStore.Large old = store.large();
    old.write(2);
    String oldRef = old.commit();
    ContentStore.Large young = store.large();
    young.write(3);
    String youngRef = young.commit();
    Instant yesterday = Instant.parse("2026-11-22T00:00:00Z");
    for (String ref : new String[] {keptRef, oldRef}) {
      Files.setLastModifiedTime(segment(ref), FileTime.from(yesterday.minusSeconds(1)));
    }
    int removed =
        store.retain(Set.of(keptRef.substring(0, keptRef.indexOf(':'))), yesterday, yesterday);
    assertThat(removed).isEqualTo(1);
    assertThat(read(keptRef)).hasSize(1);
    assertThat(read(youngRef)).hasSize(1);
    assertThatThrownBy(() -> read(oldRef)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsKeptForFewDaysDoesNotWaitForWhatIsKeptForMany() throws IOException {
    String shortRef = store.put(store.seal(random(10)), 1);
    String longRef = store.put(store.seal(random(10)), 365);
    store.sync();
    Instant later = Instant.now().plusSeconds(60);

    assertThat(store.retain(Set.of(name(longRef)), later, Instant.EPOCH))
        .as("while contents are appended to it")
        .isZero();
    assertThat(store.retain(Set.of(name(longRef)), later, later)).isEqualTo(1);

    assertThatThrownBy(() -> read(shortRef)).isInstanceOf(IOException.class);
    assertThat(read(longRef)).hasSize(10);
    String next = store.put(store.seal(random(20)), 365);
    assertThat(name(next)).isNotEqualTo(name(longRef));
    assertThat(read(next)).hasSize(20);
  }

  private static String name(String ref) {
    return ref.substring(0, ref.indexOf(':'));
  }

  private Path segment(String ref) {
    return directory.resolve(ref.substring(0, ref.indexOf(':')) + ".seg");
  }

  private byte[] read(String ref) throws IOException {
    try (InputStream in = store.open(ref)) {
      return in.readAllBytes();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
