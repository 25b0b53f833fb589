package org.kiban.logship.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.Journals;
import org.kiban.logship.Declaration;
import org.kiban.logship.LogCode;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.DestinationType;

/** {@code type=local}: this node's own disk, to be searched. */
public final class LocalType implements DestinationType {

  private static final int MIB = 1 << 20;
  private static final int VOLUMES = 16;

  private final NodePaths paths;
  private final Journals journals;
  private final Keys keys;

  /** Takes what the node is. */
  public LocalType(NodePaths paths, Journals journals, Keys keys) {
    this.paths = paths;
    this.journals = journals;
    this.keys = keys;
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Destination open(MunicipalityCode code, Declaration declaration, Path directory) {
    declaration.only(Set.of("type", "most-mib", "keep-days"));
    long most = (long) declaration.number("most-mib", 1024, 16, 10_000_000) * MIB;
    Duration keep = Duration.ofDays(declaration.number("keep-days", 0, 0, 36_500));
    try {
      FrameStore store =
          new FrameStore(
              directory,
              journals,
              keys.municipality(code, "logship-local"),
              new FrameStore.Room(most, most / VOLUMES));
      return new LocalStore(store, paths.nodeName(), keep, InstantSource.system());
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, LogCode.STATE_FAILED, e.getMessage());
    }
  }
}
