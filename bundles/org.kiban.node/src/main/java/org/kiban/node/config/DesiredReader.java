package org.kiban.node.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.node.NodeMessages;

/**
 * Makes the desired state from the files of {@code etc/}. A wrong file is a problem of its own: its
 * content in force stays, and the others go on. Used by one thread.
 */
final class DesiredReader {

  private final Map<String, byte[]> files;
  private final Map<String, byte[]> inForce;
  private final SortedSet<String> carried;
  private final Set<String> known;

  private final Map<String, byte[]> accepted = new HashMap<>();
  private final TreeMap<MunicipalityCode, Declared> municipalities = new TreeMap<>();
  private final TreeMap<String, Map<String, Object>> singletons = new TreeMap<>();
  private final TreeMap<String, Map<String, Object>> capabilityFiles = new TreeMap<>();
  private final TreeMap<String, KibanException> problems = new TreeMap<>();

  /**
   * @param files contents by file name
   * @param inForce the contents that were right when last read
   * @param catalog the names of capabilities
   * @param carried the capabilities that this node can install
   */
  DesiredReader(
      Map<String, byte[]> files,
      Map<String, byte[]> inForce,
      Catalog catalog,
      SortedSet<String> carried) {
    this.files = new TreeMap<>(files);
    this.inForce = inForce;
    this.carried = carried;
    this.known = catalog.known(carried);
  }

  Desired read() {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      try {
        accept(file.getKey(), file.getValue());
      } catch (KibanException e) {
        problems.put(file.getKey(), e);
        fallBack(file.getKey());
      }
    }
    return new Desired(municipalities, singletons, capabilityFiles, problems, carried);
  }

  /** The contents that the desired state was made from, by file name. */
  Map<String, byte[]> accepted() {
    return accepted;
  }

  private void fallBack(String file) {
    byte[] old = inForce.get(file);
    if (old != null) {
      try {
        accept(file, old);
      } catch (KibanException e) {
        // It was right once and no longer is, for example since an add-on went: nothing is in
        // force.
        accepted.remove(file);
      }
    }
  }

  private void accept(String file, byte[] content) {
    if (!file.endsWith(MunicipalityFile.SUFFIX)) {
      throw new KibanException(Outcome.REFUSED, NodeMessages.PLAIN_CFG, file);
    }
    String name =
        file.substring(
            Desired.PID_PREFIX.length(), file.length() - MunicipalityFile.SUFFIX.length());
    if (file.startsWith(MunicipalityFile.PREFIX)) {
      Declared declared = MunicipalityFile.parse(file, content, files.keySet(), known);
      municipalities.put(declared.municipality().code(), declared);
    } else if (file.equals(Settings.FILE)) {
      Settings.parse(content);
    } else if (known.contains(name.split("~", 2)[0])) {
      checkInstance(file, name);
      capabilityFiles.put(name, FlatJson.parse(file, content));
    } else if (name.contains("~")) {
      throw nobodyReads(file, name.split("~", 2)[0]);
    } else {
      singletons.put(Desired.PID_PREFIX + name, FlatJson.parse(file, content));
    }
    accepted.put(file, content);
  }

  private void checkInstance(String file, String name) {
    String[] parts = name.split("~", 2);
    if (parts.length == 2 && !MunicipalityCode.isValid(parts[1])) {
      throw new KibanException(Outcome.REFUSED, NodeMessages.WRONG_CODE, file, parts[1], "");
    }
  }

  private KibanException nobodyReads(String file, String name) {
    Set<String> names = new java.util.TreeSet<>(known);
    names.add("municipality");
    return new KibanException(
        Outcome.REFUSED, NodeMessages.NOBODY_READS, file, name, Nearest.hint(name, names));
  }
}
