package org.kiban.backup.run;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;

/**
 * What a repository holds.
 *
 * @param newest null if there is no snapshot
 * @param storedBytes of packs
 * @param plainBytes of the blobs in them
 */
public record Stats(
    String location,
    int snapshots,
    Instant newest,
    int packs,
    int dataBlobs,
    int treeBlobs,
    long storedBytes,
    long plainBytes) {

  /** Counts. */
  public static Stats of(Repository repository) throws IOException {
    List<Snapshot> snapshots = repository.snapshots();
    repository.loadIndex();
    List<Backend.Entry> packs = repository.backend().list(Kind.PACK);
    long[] plain = new long[1];
    for (BlobType type : BlobType.values()) {
      repository.index().each(type, (id, where) -> plain[0] += where.size());
    }
    return new Stats(
        repository.backend().location(),
        snapshots.size(),
        snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1).time(),
        packs.size(),
        repository.index().count(BlobType.DATA),
        repository.index().count(BlobType.TREE),
        packs.stream().mapToLong(Backend.Entry::size).sum(),
        plain[0]);
  }
}
