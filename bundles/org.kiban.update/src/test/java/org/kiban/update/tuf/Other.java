package org.kiban.update.tuf;

import dev.sigstore.tuf.Fetcher;
import dev.sigstore.tuf.FileExceedsMaxLengthException;
import dev.sigstore.tuf.FileSystemTufStore;
import dev.sigstore.tuf.MetaFetcher;
import dev.sigstore.tuf.PassthroughCacheMetaStore;
import dev.sigstore.tuf.RootProvider;
import dev.sigstore.tuf.TrustedMetaStore;
import dev.sigstore.tuf.Updater;
import dev.sigstore.tuf.encryption.Verifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Somebody else's client of the same specification, on the same repository. */
record Other(Path repository, Path state, Path anchor) {

  /** Follows the repository; returns why it refuses, or nothing. */
  String update(Instant now) {
    try {
      Files.createDirectories(state);
      FileSystemTufStore store = FileSystemTufStore.newFileSystemStore(state);
      Updater.builder()
          .setClock(Clock.fixed(now, ZoneOffset.UTC))
          .setVerifiers(Verifiers::newVerifier)
          .setTrustedMetaStore(
              TrustedMetaStore.newTrustedMetaStore(
                  PassthroughCacheMetaStore.newPassthroughMetaCache(store)))
          .setTargetStore(store)
          .setTrustedRootPath(RootProvider.fromFile(anchor))
          .setMetaFetcher(MetaFetcher.newFetcher(new Folder(repository.resolve("metadata"))))
          .setTargetFetcher(new Folder(repository.resolve("targets")))
          .build()
          .updateMeta();
      return "";
    } catch (Exception e) {
      return e.toString();
    }
  }

  private record Folder(Path folder) implements Fetcher {
    @Override
    public String getSource() {
      return folder.toString();
    }

    @Override
    public byte[] fetchResource(String name, int most)
        throws IOException, FileExceedsMaxLengthException {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        return null;
      }
      byte[] content = Files.readAllBytes(file);
      if (content.length > most) {
        throw new FileExceedsMaxLengthException(name, most);
      }
      return content;
    }
  }
}
