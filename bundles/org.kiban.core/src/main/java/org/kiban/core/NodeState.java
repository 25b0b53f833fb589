package org.kiban.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * What the node is made of, as facts that can be compared, and what of it nobody has asked for. An
 * OSGi service, safe for any thread.
 *
 * <p>The desired state is what the node itself made of its configuration, kept from run to run. A
 * part of the node that changes bundles, features or configurations does so inside {@link #change};
 * files of {@code etc/} that are written through {@link org.kiban.core.storage.DurableFiles} count
 * as the node's own changes too. Everything else was done by hand, and is reported.
 */
public interface NodeState {

  /** What a fact is about. */
  enum Kind {
    /** A bundle of the container: whether it runs, its start level, SHA-256 of its content. */
    BUNDLE,
    /** A feature: whether it was asked for by name, whether it is installed. */
    FEATURE,
    /** A configuration in the container, without secrets. */
    CONFIGURATION,
    /** A file that the node controls, in {@code etc/}, {@code deploy/} or among add-ons. */
    FILE
  }

  /**
   * One fact.
   *
   * @param kind what it is about
   * @param name unique within its kind
   * @param value never a secret; one line
   * @param declared whether operators change it as part of their work: such a change is reported,
   *     but does not make the node degraded
   */
  record Fact(Kind kind, String name, String value, boolean declared) {}

  /**
   * All facts at one time. Immutable.
   *
   * @param digest SHA-256 in hexadecimal over the facts' canonical text
   * @param facts by kind and name
   */
  record Snapshot(String digest, List<Fact> facts) {

    /** Copies the facts. */
    public Snapshot {
      facts = List.copyOf(facts);
    }

    /**
     * Sorts facts and digests them. The canonical text is one line a fact: kind, name and value,
     * separated by tabs, in UTF-8.
     */
    public static Snapshot of(List<Fact> facts) {
      List<Fact> sorted = new ArrayList<>(facts);
      sorted.sort(Comparator.comparing(Fact::kind).thenComparing(Fact::name));
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Fact fact : sorted) {
          String line = fact.kind() + "\t" + fact.name() + "\t" + fact.value() + "\n";
          digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return new Snapshot(HexFormat.of().formatHex(digest.digest()), sorted);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    /**
     * What differs from another snapshot.
     *
     * @param found the other one
     */
    public List<Difference> differences(Snapshot found) {
      Map<String, Fact> wanted = byName();
      Map<String, Fact> there = found.byName();
      Map<String, Difference> differences = new TreeMap<>();
      wanted.forEach((key, fact) -> compare(differences, key, fact, there.get(key)));
      there.forEach((key, fact) -> compare(differences, key, wanted.get(key), fact));
      return List.copyOf(differences.values());
    }

    private Map<String, Fact> byName() {
      Map<String, Fact> map = new TreeMap<>();
      facts.forEach(f -> map.put(f.kind().ordinal() + "\t" + f.name(), f));
      return map;
    }

    private static void compare(Map<String, Difference> to, String key, Fact wanted, Fact found) {
      if (wanted == null || found == null || !wanted.value().equals(found.value())) {
        Fact any = wanted == null ? found : wanted;
        to.put(
            key,
            new Difference(
                any.kind(),
                any.name(),
                wanted == null ? "" : wanted.value(),
                found == null ? "" : found.value(),
                any.declared()));
      }
    }
  }

  /**
   * Something that is not as desired.
   *
   * @param kind what it is about
   * @param name the fact's name
   * @param wanted the desired value; empty if there should be nothing
   * @param found the value now; empty if there is nothing
   * @param declared as in {@link Fact}
   */
  record Difference(Kind kind, String name, String wanted, String found, boolean declared) {}

  /** Looks at everything now; takes some milliseconds, the first time up to some seconds. */
  Snapshot now();

  /**
   * What differs from the desired state now. Empty as long as none has been noted, shortly after a
   * first start.
   */
  List<Difference> differences();

  /**
   * Changes the node: what differs afterwards from before becomes part of the desired state, also
   * when the work fails. One change at a time; others wait, and nothing is reported meanwhile. May
   * be called within a change.
   *
   * @param work what to do
   * @return what it returns
   * @throws Exception what it throws
   */
  <T> T change(Callable<T> work) throws Exception;

  /**
   * Makes part of what differs now the desired state: what a part of the node knows to be as it
   * should, for example after it finished at a start what a crash had cut off.
   *
   * @param own tells which differences it answers for
   */
  void vouch(Predicate<Difference> own);

  /**
   * Makes everything as it is now the desired state.
   *
   * @return what differed until now
   */
  List<Difference> accept();
}
