package org.kiban.storage.batch;

import java.io.IOException;
import java.nio.file.Path;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.FileBatch;
import org.kiban.core.storage.FileBatches;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens batches that sync a file system as a whole where that can be trusted. */
@Component
public final class FileBatchesComponent implements FileBatches {

  private final DurableFiles files;
  private final Disks disks;

  /**
   * @param files syncs directories
   */
  @Activate
  public FileBatchesComponent(@Reference DurableFiles files) {
    this(files, new LinuxDisks());
  }

  FileBatchesComponent(DurableFiles files, Disks disks) {
    this.files = files;
    this.disks = disks;
  }

  @Override
  public FileBatch open(Path directory) throws IOException {
    return new SyncedBatch(directory, disks.open(directory), files);
  }
}
