package org.kiban.node.state;

import java.nio.file.Path;
import java.util.Optional;
import org.kiban.core.NodeState.Snapshot;

/** Where facts come from. Safe for any thread. */
interface Facts {

  /** Looks at everything. */
  Snapshot gather();

  /** The name in facts of a file, if it is one that is watched. */
  Optional<String> name(Path file);
}
