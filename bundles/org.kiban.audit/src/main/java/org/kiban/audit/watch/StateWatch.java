package org.kiban.audit.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.kiban.audit.Act;
import org.kiban.audit.AuditLedger;
import org.kiban.audit.AuditMessage;
import org.kiban.core.NodePaths;
import org.kiban.core.NodeState;
import org.kiban.core.Readiness;
import org.kiban.core.storage.DurableFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what changed of the node, whoever did it and however: files of {@code etc/},
 * configurations, features and bundles, users and their roles; also what changed while the node was
 * down. Who did it is told by the command that stands before it; if there is none, it was done by
 * hand.
 */
@Component(
    service = {},
    immediate = true)
public final class StateWatch {

  private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);
  private static final long SECONDS = 5;
  private static final int SHORT = 12;

  private final AuditLedger ledger;
  private final NodeState node;
  private final Readiness readiness;
  private final Path users;
  private final Seen seen;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-audit-2"));

  private Optional<Seen.State> last;
  private String problem = "";

  /** Watches, from when the node is ready. */
  @Activate
  public StateWatch(
      @Reference AuditLedger ledger,
      @Reference NodeState node,
      @Reference Readiness readiness,
      @Reference NodePaths paths,
      @Reference DurableFiles files)
      throws IOException {
    this.ledger = ledger;
    this.node = node;
    this.readiness = readiness;
    this.users = paths.etc().resolve("users.properties");
    this.seen = new Seen(paths.nodeDirectory("audit").resolve("seen.json"), files);
    this.last = seen.last();
    timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** Stops watching. */
  @Deactivate
  public void stop() throws InterruptedException {
    timer.shutdown();
    timer.awaitTermination(1, TimeUnit.MINUTES);
  }

  private void look() {
    try {
      if (readiness.report().ready()) {
        compare(Seen.State.of(node.now(), Users.read(users)));
        problem = "";
      }
    } catch (IOException | RuntimeException e) {
      // Once, not at every look.
      if (!e.toString().equals(problem)) {
        problem = e.toString();
        LOG.error("{}", AuditMessage.CANNOT_WATCH.line(problem));
      }
    }
  }

  void compare(Seen.State now) throws IOException {
    if (last.isPresent() && last.get().equals(now)) {
      return;
    }
    // Noted first: after a kill in between it is noted twice, never not at all.
    last.ifPresent(before -> note(before.facts(), now.facts()));
    noteUsers(last.map(Seen.State::users).orElse(Map.of()), now.users());
    seen.keep(now);
    last = Optional.of(now);
  }

  private void note(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String old = before.getOrDefault(name, "");
      String found = now.getOrDefault(name, "");
      if (!old.equals(found)) {
        act(Act.Kind.CONFIGURATION, name, List.of(brief(old) + " -> " + brief(found)));
      }
    }
  }

  /** From the first look on: whom a new node lets in must be told too. */
  private void noteUsers(Map<String, String> before, Map<String, String> now) {
    List<String> changes = Users.changes(before, now);
    if (!changes.isEmpty()) {
      act(Act.Kind.ROLE, "etc/users.properties", changes);
    }
  }

  private void act(Act.Kind kind, String what, List<String> details) {
    ledger.record(new Act(kind, "", "", "", what, "seen", 0, details));
  }

  private static String brief(String value) {
    return value.isEmpty() ? "-" : value.substring(0, Math.min(value.length(), SHORT));
  }
}
