package org.kiban.node.state;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.kiban.core.storage.WrittenFiles;
import org.osgi.service.component.annotations.Component;

/**
 * Hands on which files the node writes itself. It needs nothing, because who writes files and who
 * keeps the state need each other.
 */
@Component(service = {WrittenFiles.class, Writes.class})
public final class Writes implements WrittenFiles {

  private volatile Consumer<Path> reader = file -> {};

  /** Replaces the one who is told. */
  void tell(Consumer<Path> next) {
    reader = next;
  }

  @Override
  public void written(Path file) {
    reader.accept(file);
  }
}
