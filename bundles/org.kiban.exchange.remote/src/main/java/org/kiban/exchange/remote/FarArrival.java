package org.kiban.exchange.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.kiban.exchange.api.Arrival;

/**
 * A file of another machine, copied here.
 *
 * @param copy where it lies here
 * @param claim the manifest that came with it, or null
 */
record FarArrival(Pull pull, Store.Entry entry, Path copy, byte[] claim) implements Arrival {

  @Override
  public String id() {
    return Pull.id(entry);
  }

  @Override
  public String name() {
    return entry.name();
  }

  @Override
  public long size() {
    return entry.size();
  }

  @Override
  public Optional<Unfit> unfit() {
    return Arrival.isNameFit(name()) ? Optional.empty() : Optional.of(Unfit.BAD_NAME);
  }

  @Override
  public Optional<byte[]> manifest() {
    return Optional.ofNullable(claim);
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(copy);
  }

  @Override
  public boolean unchanged() throws IOException {
    return Files.size(copy) == size();
  }

  @Override
  public void retire() throws IOException {
    pull.retire(this);
  }

  @Override
  public void setAside(Path target) throws IOException {
    try (FileChannel content = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      content.force(true);
    }
    pull.files().move(copy, target);
    if (claim != null) {
      Path beside = target.resolveSibling(target.getFileName() + FarOutbound.MANIFEST);
      pull.files().write(beside, out -> out.write(claim));
    }
    retire();
  }
}
