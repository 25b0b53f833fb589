package org.kiban.node.reconcile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kiban.core.storage.DurableFiles;

/**
 * The reconciler's journal: the capabilities whose features it installs or has installed. Written
 * before an installation and after a removal, so that after a crash it names everything that the
 * node may have to take out, and never what an operator or the distribution installed. Used by one
 * thread.
 */
final class Owned {

  private final Path file;
  private final DurableFiles files;
  private final SortedSet<String> names = new TreeSet<>();

  Owned(Path file, DurableFiles files) throws IOException {
    this.file = file;
    this.files = files;
    if (Files.exists(file)) {
      names.addAll(
          Arrays.asList(JsonMapper.builder().build().readValue(file.toFile(), String[].class)));
    }
  }

  SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  void add(Collection<String> capabilities) throws IOException {
    SortedSet<String> next = new TreeSet<>(names);
    next.addAll(capabilities);
    replace(next);
  }

  void remove(String capability) throws IOException {
    SortedSet<String> next = new TreeSet<>(names);
    next.remove(capability);
    replace(next);
  }

  private void replace(SortedSet<String> next) throws IOException {
    if (!next.equals(names)) {
      byte[] content = JsonMapper.builder().build().writeValueAsBytes(next);
      files.write(file, out -> out.write(content));
      names.clear();
      names.addAll(next);
    }
  }
}
