package org.kiban.addon.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kiban.addon.pack.PackMessage;
import org.kiban.addon.pack.RevocationList;
import org.kiban.addon.pack.TrustStore;
import org.kiban.addon.pack.TrustedKey;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Changes {@code etc/trust}. A file is looked into before it is put there, so that a damaged
 * revocation list never stops the node's add-ons by way of a command. Safe for any thread.
 */
@Component(service = Trust.class)
public final class Trust {

  private final Path folder;
  private final DurableFiles files;

  /** Called by the component runtime. */
  @Activate
  public Trust(@Reference NodePaths paths, @Reference DurableFiles files) {
    this.folder = paths.etc().resolve("trust");
    this.files = files;
  }

  /** The trust store as it is now. */
  public TrustStore read() {
    return TrustStore.read(folder);
  }

  /**
   * Takes in a trust file or a revocation list from a medium.
   *
   * @return the file in the trust store
   * @throws KibanException if it cannot be read, is neither, or is older than what is in force
   */
  public synchronized Path add(Path medium) {
    byte[] content = TrustStore.content(medium);
    Path target = folder.resolve(read().place(medium.getFileName().toString(), content));
    try {
      Files.createDirectories(folder);
      files.write(target, out -> out.write(content));
      return target;
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /**
   * Stops trusting a key. Add-ons that it signed stay; they can no longer be updated.
   *
   * @param keyId its id or enough of its beginning
   * @return what was removed: the trust file, and the key's revocation list
   */
  public synchronized List<Path> remove(String keyId) {
    TrustStore store = read();
    List<String> found =
        store.keys().stream()
            .map(key -> key.signer().keyId())
            .filter(id -> id.startsWith(keyId))
            .toList();
    if (found.size() != 1) {
      throw new KibanException(Outcome.USAGE, PackMessage.NO_SUCH_KEY, keyId);
    }
    List<Path> removed = store.files(found.get(0)).stream().map(folder::resolve).toList();
    for (Path file : removed) {
      try {
        files.delete(file);
      } catch (IOException e) {
        throw failed(file, e);
      }
    }
    return removed;
  }

  /** The number of the revocation list of a key that is in force; 0 for none. */
  public static long number(TrustStore store, TrustedKey key) {
    return store.revocations().stream()
        .filter(list -> list.issuer().equals(key.signer().keyId()))
        .mapToLong(RevocationList::number)
        .max()
        .orElse(0);
  }

  private static KibanException failed(Path file, IOException e) {
    return new KibanException(e, Outcome.FAILED, PackMessage.NOT_WRITTEN, file, e.toString());
  }
}
