package org.kiban.exchange.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** One thing that arrived, and stays where it is until it is retired. Safe for any thread. */
public interface Arrival {

  /** Why an arrival is refused without a look into it. */
  enum Unfit {
    /** It is a symbolic link; it is not followed. */
    SYMBOLIC_LINK,
    /** It is a directory, a device, a pipe. */
    NOT_A_FILE,
    /** Its name holds {@code ..}, a separator, a control or an undecodable character. */
    BAD_NAME
  }

  /**
   * Whether a name that came from elsewhere may be a file's here: no {@code ..}, no separator, no
   * control and no undecodable character.
   */
  static boolean isNameFit(String name) {
    return !name.contains("..")
        && name.chars()
            .noneMatch(c -> c == '/' || c == '\\' || c == 0xFFFD || Character.isISOControl(c));
  }

  /** Tells it apart from every other arrival of this way in; the same after a restart. */
  String id();

  /** The file name that the provider gave; may be anything if {@link #unfit()} says so. */
  String name();

  /** Its length in bytes when it was polled. */
  long size();

  /** Why it must be refused as it stands, or nothing. */
  Optional<Unfit> unfit();

  /** The bytes of the manifest that came with it, or nothing. At most 1 MiB. */
  Optional<byte[]> manifest() throws IOException;

  /** Opens its content from the start; may be called again. */
  InputStream open() throws IOException;

  /** Tells whether the content is still the one that was polled: false if it grew meanwhile. */
  boolean unchanged() throws IOException;

  /**
   * Takes it away for good, with its manifest; its content is durable elsewhere. Does nothing if it
   * is gone already.
   */
  void retire() throws IOException;

  /**
   * Moves it as it is to a place aside, without following or reading it, with its manifest; an
   * existing file there is replaced.
   *
   * @param target a path on the node's data volume whose directory exists
   */
  void setAside(Path target) throws IOException;
}
