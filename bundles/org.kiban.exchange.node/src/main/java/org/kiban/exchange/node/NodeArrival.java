package org.kiban.exchange.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.kiban.exchange.api.Arrival;

/** A message from a peer, its content copied to a file. */
record NodeArrival(
    NodeInbound inbound,
    ClientSession session,
    ClientMessage message,
    Path file,
    AtomicBoolean gone)
    implements Arrival {

  NodeArrival(NodeInbound inbound, ClientSession session, ClientMessage message, Path file) {
    this(inbound, session, message, file, new AtomicBoolean());
  }

  @Override
  public String id() {
    return message.getStringProperty(Wire.ID);
  }

  @Override
  public String name() {
    return message.getStringProperty(Wire.NAME);
  }

  @Override
  public long size() {
    return message.getLongProperty(Wire.BYTES);
  }

  @Override
  public Optional<Unfit> unfit() {
    String name = name();
    boolean fit = name != null && !name.isEmpty() && Arrival.isNameFit(name);
    return fit ? Optional.empty() : Optional.of(Unfit.BAD_NAME);
  }

  @Override
  public Optional<byte[]> manifest() {
    return Optional.ofNullable(message.getBytesProperty(Wire.MANIFEST));
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public boolean unchanged() throws IOException {
    return Files.size(file) == size();
  }

  @Override
  public void retire() throws IOException {
    if (gone.get()) {
      return;
    }
    inbound.retire(message, session);
    gone.set(true);
    Files.deleteIfExists(file);
  }

  @Override
  public void setAside(Path target) throws IOException {
    try (FileChannel content = FileChannel.open(file, StandardOpenOption.WRITE)) {
      content.force(true);
    }
    inbound.files().move(file, target);
    byte[] manifest = message.getBytesProperty(Wire.MANIFEST);
    if (manifest != null) {
      Path beside = target.resolveSibling(target.getFileName() + ".manifest.json");
      inbound.files().write(beside, out -> out.write(manifest));
    }
    retire();
  }
}
