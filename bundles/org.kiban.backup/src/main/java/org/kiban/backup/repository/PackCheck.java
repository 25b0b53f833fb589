package org.kiban.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kiban.backup.backend.Backend.Kind;

/** Reads a pack whole and holds every byte of it to a hash or an authentication code. */
public final class PackCheck {

  private PackCheck() {}

  /** Returns what is wrong: of the pack, and of each blob in it. */
  public static List<DamagedException> read(Repository repository, Id pack) throws IOException {
    String file = Kind.PACK.path(pack.toString());
    byte[] content;
    try {
      content = repository.backend().load(Kind.PACK, pack.toString());
    } catch (NoSuchFileException e) {
      return List.of(new DamagedException(file, "is missing"));
    }
    List<DamagedException> found = new ArrayList<>();
    if (!Repository.hash(content, 0, content.length).equals(pack)) {
      found.add(new DamagedException(file, "its content is not what its name says"));
    }
    try {
      blobs(repository, pack, content, file, found);
    } catch (DamagedException e) {
      found.add(e);
    }
    return found;
  }

  private static void blobs(
      Repository repository, Id pack, byte[] content, String file, List<DamagedException> found)
      throws DamagedException {
    int length =
        content.length < 4
            ? -1
            : ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(content.length - 4);
    int end = content.length - 4 - length;
    if (length < Envelope.OVERHEAD || end < 0) {
      throw new DamagedException(file, "the length of its header is wrong");
    }
    byte[] header =
        repository.envelope().open(Arrays.copyOfRange(content, end, end + length), file);
    for (PackedBlob blob : PackHeader.decode(header, end, file)) {
      try {
        byte[] plain = new byte[blob.size()];
        Id got =
            repository.unseal(content, blob.offset(), blob.length(), blob.plain(), plain, file);
        if (!got.equals(blob.id())) {
          throw new DamagedException(file, "blob " + blob.id() + " is not what its name says");
        }
        Location known = repository.index().find(blob.type(), blob.id());
        if (known == null && repository.index().knows(pack)) {
          throw new DamagedException(file, "no index tells of blob " + blob.id());
        }
        if (known != null
            && repository.index().pack(known.pack()).equals(pack)
            && (known.offset() != blob.offset()
                || known.length() != blob.length()
                || known.plain() != blob.plain())) {
          throw new DamagedException(file, "an index tells of blob " + blob.id() + " wrongly");
        }
      } catch (DamagedException e) {
        found.add(e);
      }
    }
  }

  /** What a pack's size must be if it holds these blobs. */
  public static long size(List<PackedBlob> blobs) {
    return blobs.stream().mapToLong(b -> b.length() + b.headerSize()).sum() + Envelope.OVERHEAD + 4;
  }
}
