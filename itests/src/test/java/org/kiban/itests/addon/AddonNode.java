package org.kiban.itests.addon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.kiban.itests.Distribution;
import org.kiban.itests.NodeProcess;
import org.kiban.itests.Shell;

/** A node that trusts the vendor of {@link AddonFactory} and does not wait long. */
final class AddonNode implements AutoCloseable {

  private static final String CONFIG =
      "{\"grace-seconds\": 6, \"settle-seconds\": 1, \"start-seconds\": 3, \"stop-seconds\": 3}";

  private final AddonFactory factory;
  private NodeProcess process;

  private AddonNode(NodeProcess process, AddonFactory factory) {
    this.process = process;
    this.factory = factory;
  }

  /** Starts one; its state has been noted on return. */
  static AddonNode start(String name) throws IOException {
    return start(name, process -> {});
  }

  /** Starts one, whose configuration is completed before. */
  static AddonNode start(String name, Consumer<NodeProcess> more) throws IOException {
    NodeProcess process = NodeProcess.create(name);
    AddonFactory factory =
        new AddonFactory(Distribution.work().resolve(name + " kar"), process.home());
    process.configure("trust/example.yaml", factory.trust());
    process.configure("org.kiban.addon.cfg.json", CONFIG);
    more.accept(process);
    AddonNode node = new AddonNode(process.start(), factory);
    // A node that has just been made notes its state some seconds after it is ready.
    Path noted = process.data().resolve("node/node/state.json");
    node.await(() -> Files.exists(noted), 60, "the state was not noted");
    return node;
  }

  NodeProcess process() {
    return process;
  }

  AddonFactory factory() {
    return factory;
  }

  /** Stops it and starts it from another distribution, with the data and configuration it has. */
  void upgrade(Path home) {
    process.stop();
    process = process.at(home).start();
  }

  Shell.Result exec(String command) {
    return process.exec(command);
  }

  Shell.Result addon(String command, Path kar) {
    return exec("addon:" + command + " '" + kar + "'");
  }

  String digest() {
    return exec("node:digest").expect(0).out().lines().findFirst().orElseThrow();
  }

  void await(BooleanSupplier condition, int seconds, String why) {
    for (int i = 0; i < seconds * 10; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    throw new AssertionError(why + System.lineSeparator() + process.tail("karaf.log"));
  }

  @Override
  public void close() {
    process.close();
  }
}
