package org.kiban.update.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken from a tar archive, and what is refused. */
class TarReaderTest {

  private static final long MOST = 10_000;

  private static Map<String, String> read(byte[] archive) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (TarReader tar = new TarReader(new ByteArrayInputStream(archive), MOST)) {
      for (TarReader.Entry e = tar.next(); e != null; e = tar.next()) {
        found.put(
            e.name() + (e.directory() ? "/" : ""),
            new String(tar.content().readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  @Test
  void filesAndDirectoriesComeWithTheirContent() throws IOException {
    String deep = "k/" + "深い/".repeat(40) + "file";
    Tar tar =
        new Tar().entry("k/", '5', "").entry("k/a", '0', "x".repeat(600)).entry(deep, '0', "y");

    assertThat(read(tar.bytes()))
        .containsOnly(Map.entry("k/", ""), Map.entry("k/a", "x".repeat(600)), Map.entry(deep, "y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "k/../x", "..", "k/./x", "k//x", "k/a\\b", "k/a\nb"})
  void namesThatLeadElsewhereAreRefused(String name) {
    assertThatThrownBy(() -> read(new Tar().entry(name, '0', "x").bytes()))
        .isInstanceOf(TarReader.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6', '7', 'L', 'S'})
  void linksAndDevicesAreRefused(char type) {
    assertThatThrownBy(() -> read(new Tar().entry("k/a", type, "").bytes()))
        .isInstanceOf(TarReader.Refused.class);
  }

  @Test
  void moreThanItMayHoldIsRefused() {
    byte[] archive = new Tar().entry("k/a", '0', "x".repeat((int) MOST + 1)).bytes();

    assertThatThrownBy(() -> read(archive)).isInstanceOf(TarReader.Refused.class);
  }

  @Test
  void aCutOrDamagedOneIsRefused() {
    byte[] archive = new Tar().entry("k/a", '0', "x".repeat(600)).bytes();
    byte[] damaged = archive.clone();
    damaged[3] ^= 1;

    assertThatThrownBy(() -> read(damaged)).isInstanceOf(TarReader.Refused.class);
    for (int length : new int[] {100, 600, 1500}) {
      assertThatThrownBy(() -> read(Arrays.copyOf(archive, length)))
          .isInstanceOf(java.io.EOFException.class);
    }
  }
}
