package jp.example.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.kiban.exchange.api.Arrival;

/** A file in the spool; its id changes with its content. */
final class SpoolArrival implements Arrival {

  private final Path file;
  private final long size;
  private final long changed;

  SpoolArrival(Path file) throws IOException {
    this.file = file;
    this.size = Files.size(file);
    this.changed = Files.getLastModifiedTime(file).toMillis();
  }

  @Override
  public String id() {
    return name() + '|' + size + '|' + changed;
  }

  @Override
  public String name() {
    return file.getFileName().toString();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Optional<Unfit> unfit() {
    return name().chars().anyMatch(Character::isISOControl)
        ? Optional.of(Unfit.BAD_NAME)
        : Optional.empty();
  }

  @Override
  public Optional<byte[]> manifest() {
    return Optional.empty();
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public boolean unchanged() throws IOException {
    return Files.exists(file) && new SpoolArrival(file).id().equals(id());
  }

  @Override
  public void retire() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void setAside(Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
  }
}
