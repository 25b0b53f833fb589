package org.kiban.addon.swap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kiban.core.KibanException;
import org.kiban.core.NodeState;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Kind;
import org.kiban.core.NodeState.Snapshot;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that a transaction works with, and the recovery that finishes what a crash cut off.
 *
 * @param journal what was done
 * @param store the bundles on disk
 * @param world the container
 * @param gate decides what may stay
 * @param configs the container's configurations
 * @param state the node's state
 * @param files writes {@code before}
 * @param before where the facts before a transaction are kept while it lasts
 * @param clock times
 */
record Shop(
    AddonJournal journal,
    Store store,
    World world,
    Gate gate,
    Configs configs,
    NodeState state,
    DurableFiles files,
    Path before,
    TrustedClock clock) {

  private static final Logger LOG = LoggerFactory.getLogger(Shop.class);

  Rig rig() {
    return new Rig(world, store);
  }

  Logger log() {
    return LOG;
  }

  String time() {
    return clock.now().toString();
  }

  void warn(SwapMessage code, Object... args) {
    Locale locale = Locale.getDefault();
    LOG.warn("{}: {} → {}", code.code(), code.text(locale, args), code.action(locale, args));
  }

  void noteBefore(Snapshot snapshot) throws IOException {
    byte[] content = mapper().writeValueAsBytes(snapshot.facts());
    files.write(before, out -> out.write(content));
  }

  private Optional<Snapshot> notedBefore() throws IOException {
    return Files.exists(before)
        ? Optional.of(Snapshot.of(Arrays.asList(mapper().readValue(before.toFile(), Fact[].class))))
        : Optional.empty();
  }

  private static ObjectMapper mapper() {
    return JsonMapper.builder().build();
  }

  /**
   * Makes the container have exactly these add-ons, and run them. One that fails does not keep the
   * others from running.
   *
   * @param problems receives what did not work
   * @return why add-ons do not run, by id
   */
  SortedMap<String, String> makeSo(Collection<Addon> desired, List<String> problems) {
    SortedMap<String, String> failed = new TreeMap<>();
    try {
      rig().takeOut(desired);
    } catch (KibanException e) {
      problems.add(e.getMessage());
    }
    for (Addon addon : desired) {
      try {
        Optional<String> missing = rig().putIn(addon);
        if (missing.isPresent()) {
          failed.put(addon.id(), missing.get());
        } else {
          rig().start(addon);
        }
      } catch (KibanException e) {
        failed.put(addon.id(), e.getMessage());
      }
    }
    failed.forEach((id, why) -> problems.add(id + ": " + why));
    return failed;
  }

  /** Whether there never was an add-on. */
  boolean isIdle() {
    return journal.next() == 1 && world.locations().isEmpty();
  }

  /**
   * Puts in what the journal says is installed, after a start of the node. A transaction that was
   * cut off is rolled back: it had not been kept.
   *
   * @return why add-ons do not run, by id
   * @throws IOException if the state of add-ons cannot be read or written; it is to be tried again
   */
  SortedMap<String, String> recover() throws IOException {
    Optional<Note> open = journal.open();
    List<Addon> installed = List.copyOf(journal.installed().values());
    if (open.isPresent()) {
      Optional<Snapshot> noted = notedBefore();
      if (noted.isPresent() && noted.get().digest().equals(open.get().digest())) {
        configs.retain(pids(noted.get()));
      }
    }
    SortedMap<String, String> failed = makeSo(installed, new ArrayList<>());
    if (failed.isEmpty() || open.isEmpty()) {
      store.retain(installed);
    }
    if (failed.isEmpty()) {
      if (open.isPresent()) {
        rolledBack(open.get());
      }
      // The process may have ended between the journal's entry and the note of the desired state.
      Set<String> bundles = journal.bundles();
      state.vouch(
          d ->
              d.kind() == Kind.BUNDLE && bundles.contains(d.name())
                  || d.kind() == Kind.FILE && d.name().startsWith("addon/"));
    }
    return failed;
  }

  private static Set<String> pids(Snapshot snapshot) {
    return snapshot.facts().stream()
        .filter(f -> f.kind() == Kind.CONFIGURATION)
        .map(Fact::name)
        .collect(Collectors.toSet());
  }

  private void rolledBack(Note open) throws IOException {
    Snapshot now = state.now();
    List<String> differing =
        notedBefore().map(b -> Transaction.differing(b, now)).orElse(List.of("?"));
    SwapMessage code = SwapMessage.CUT_OFF;
    Reason why = new Reason(code.line(open.id()), code.code(), List.of(open.id()));
    journal.append(
        new Note(
            open.transaction(),
            time(),
            Step.ROLLED_BACK,
            open.operation(),
            open.id(),
            null,
            null,
            why.text(),
            why.code(),
            why.args(),
            now.digest(),
            differing,
            0,
            null));
    warn(code, open.id());
  }
}
