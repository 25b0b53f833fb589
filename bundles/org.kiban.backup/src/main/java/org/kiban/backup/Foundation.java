package org.kiban.backup;

import java.time.InstantSource;
import org.kiban.core.NodePaths;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journals;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Services of the node that every backup stands on. */
@Component(service = Foundation.class)
public final class Foundation {

  final NodePaths paths;
  final DurableFiles files;
  final Journals journals;
  final InstantSource clock;
  final TrustedClock trusted;

  /** Called by the component runtime. */
  @Activate
  public Foundation(
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference TrustedClock clock) {
    this.paths = paths;
    this.files = files;
    this.journals = journals;
    this.clock = clock::now;
    this.trusted = clock;
  }
}
