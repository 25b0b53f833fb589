package org.kiban.backup.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.kiban.backup.source.Holdings;
import org.kiban.backup.source.NodeFacts;
import org.kiban.backup.tree.Trees;

/**
 * A sibling that serves one municipality, as its own backup has it. What every municipality stands
 * on, keys and settings of the node, are this node's: a municipality's backup holds none of them.
 */
public final class MunicipalFilling implements Filling {

  private static final Path VIEW = Path.of("backup", "view");
  private static final Path KEYS = Path.of("node", "security");

  private final String code;
  private final Path data;
  private final Path etc;
  private final Restoring restoring;

  /** Brings a municipality's snapshot back. */
  @FunctionalInterface
  public interface Restoring {
    /**
     * Restores into a directory.
     *
     * @throws org.kiban.core.KibanException if not all of it comes back
     */
    void into(Path target) throws IOException;
  }

  /**
   * @param data the node's data, with all links followed
   * @param etc its configuration, likewise
   */
  public MunicipalFilling(String code, Path data, Path etc, Restoring restoring) {
    this.code = code;
    this.data = data;
    this.etc = etc;
    this.restoring = restoring;
  }

  @Override
  public void fill(Sibling sibling) throws IOException {
    Path files = Files.createDirectories(sibling.scratch().resolve("files"));
    restoring.into(files);
    Path own = data.resolve(code);
    Path state = NodeFacts.below(files, own);
    Path view = state.resolve(VIEW);
    for (Path part : List.of(own, etc)) {
      Trees.move(NodeFacts.below(view, part), NodeFacts.below(files, part));
    }
    Trees.remove(view);
    Trees.copy(data.resolve(KEYS), sibling.data().resolve(KEYS), p -> true);
    Trees.copy(
        etc, sibling.etc(), p -> Holdings.ofMunicipality(p.getFileName().toString()).isEmpty());
    Trees.copy(NodeFacts.below(files, etc), sibling.etc(), p -> true);
    Files.move(state, sibling.data().resolve(code), StandardCopyOption.ATOMIC_MOVE);
    Trees.remove(files);
  }
}
