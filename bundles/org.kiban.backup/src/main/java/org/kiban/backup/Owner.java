package org.kiban.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.kiban.core.backup.BackupSource;

/**
 * Whose backup it is: a municipality's, or the node's.
 *
 * @param name the municipality's code, or {@code node}
 * @param file the configuration, for messages
 * @param directory where the backup keeps what it needs itself
 * @param own what of the node's data may be named as source or target
 * @param state where its journals lie
 * @param key that the repository's own password is made of
 * @param secrets its secrets by name, for places elsewhere
 * @param sources all that it has; the first is its state
 * @param missing names of sources that are not there now, though it has what they would save
 */
record Owner(
    String name,
    String file,
    Path directory,
    Path own,
    Path state,
    Supplier<SecretKey> key,
    Function<String, Optional<String>> secrets,
    Supplier<List<BackupSource>> sources,
    Supplier<List<String>> missing) {

  /** The name of the node itself where a municipality's code could stand. */
  static final String NODE = "node";
}
