package org.kiban.node.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kiban.core.KibanException;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;

/**
 * What {@code etc/} asks the node to be. Immutable.
 *
 * @param municipalities by code, with those that are switched off
 * @param singletons node-wide settings by PID
 * @param capabilityFiles settings of capabilities, by {@code <capability>} or {@code
 *     <capability>~<code>}
 * @param problems what is wrong, by file
 * @param carried the capabilities that this node can install
 */
public record Desired(
    SortedMap<MunicipalityCode, Declared> municipalities,
    SortedMap<String, Map<String, Object>> singletons,
    SortedMap<String, Map<String, Object>> capabilityFiles,
    SortedMap<String, KibanException> problems,
    SortedSet<String> carried) {

  static final String PID_PREFIX = "org.kiban.";

  /** Copies nothing; makes the parts unmodifiable. */
  public Desired {
    municipalities = Collections.unmodifiableSortedMap(municipalities);
    singletons = Collections.unmodifiableSortedMap(singletons);
    capabilityFiles = Collections.unmodifiableSortedMap(capabilityFiles);
    problems = Collections.unmodifiableSortedMap(problems);
    carried = Collections.unmodifiableSortedSet(carried);
  }

  /**
   * The capabilities that some municipality switches on, whether the node can install them or not.
   */
  public SortedSet<String> capabilities() {
    SortedSet<String> union = new TreeSet<>();
    enabled().forEach(m -> union.addAll(m.capabilities()));
    return union;
  }

  /** The municipalities that are switched on. */
  public Set<Municipality> enabled() {
    Set<Municipality> enabled = new java.util.LinkedHashSet<>();
    municipalities.values().stream()
        .filter(Declared::enabled)
        .forEach(d -> enabled.add(d.municipality()));
    return enabled;
  }

  /** A municipality's declaration, switched on or off. */
  public Optional<Declared> declared(MunicipalityCode code) {
    return Optional.ofNullable(municipalities.get(code));
  }

  /** Every configuration that should be there, by PID ({@code org.kiban.<capability>~<code>}). */
  public SortedMap<String, Map<String, Object>> configurations() {
    SortedMap<String, Map<String, Object>> all = new TreeMap<>(singletons);
    for (Municipality municipality : enabled()) {
      for (String capability : municipality.capabilities()) {
        if (carried.contains(capability)) {
          String instance = capability + "~" + municipality.code();
          Map<String, Object> values = new LinkedHashMap<>();
          values.putAll(capabilityFiles.getOrDefault(capability, Map.of()));
          values.putAll(capabilityFiles.getOrDefault(instance, Map.of()));
          values.put("code", municipality.code().value());
          all.put(PID_PREFIX + instance, values);
        }
      }
    }
    return all;
  }
}
