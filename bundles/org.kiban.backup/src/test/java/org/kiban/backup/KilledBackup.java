package org.kiban.backup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.kiban.backup.backend.ForwardingBackend;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;

/** A run in a process of its own that stops for good after some packs, until it is killed. */
final class KilledBackup {

  private KilledBackup() {}

  /**
   * Starts it.
   *
   * @param packs after so many it waits, to be killed
   */
  static Process start(List<String> options, Path root, Path source, int packs) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(KilledBackup.class.getName());
    command.addAll(List.of(root.toString(), source.toString(), Integer.toString(packs)));
    return new ProcessBuilder(command).inheritIO().start();
  }

  public static void main(String[] args) throws IOException {
    AtomicInteger left = new AtomicInteger(Integer.parseInt(args[2]));
    try (Repository repository =
        Repositories.open(
                new ForwardingBackend(Fixture.backend(Path.of(args[0]))) {
                  @Override
                  public void save(Kind kind, String name, byte[] content, int length)
                      throws IOException {
                    while (kind == Kind.PACK && left.decrementAndGet() < 0) {
                      LockSupport.park();
                    }
                    super.save(kind, name, content, length);
                  }
                },
                Fixture.SETTINGS,
                Fixture.password())
            .lock(false)) {
      new Backup(repository, new Progress())
          .run(new Backup.Job(List.of(Path.of(args[1])), List.of(), List.of(), true, false, 2));
    }
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    System.out.println("heap at most " + (peak >> 20) + " MiB");
  }
}
