package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.kiban.core.KibanException;
import org.kiban.core.MessageCode;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.InterfaceView.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps the linkage of one municipality from its work now. A problem is logged when it comes,
 * when its reason changes and when it goes, not every time it is met. Safe for any thread.
 */
final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final String municipality;
  private final Map<String, Problem> now = new TreeMap<>();

  Problems(String municipality) {
    this.municipality = municipality;
  }

  /**
   * Notes a problem.
   *
   * @param what the thing that has it
   */
  synchronized void note(String what, MessageCode code, Object... args) {
    String prefix = code.code() + ": ";
    note(
        what,
        new Problem(
            prefix + code.text(Locale.ENGLISH, args), prefix + code.text(Locale.JAPANESE, args)));
  }

  /** Notes a problem of another part that says itself what it is. */
  synchronized void note(String what, KibanException e) {
    String prefix = e.code().code() + ": ";
    note(what, new Problem(prefix + e.text(Locale.ENGLISH), prefix + e.text(Locale.JAPANESE)));
  }

  /** Notes that an arrival cannot be taken now. */
  void note(String lineId, Arrival arrival, IOException e) {
    note(file(lineId, arrival), LinkageMessage.INTAKE_FAILED, arrival.name(), reason(e));
  }

  private static String file(String lineId, Arrival arrival) {
    return "file:" + lineId + "/" + arrival.name();
  }

  private void note(String what, Problem problem) {
    if (!problem.equals(now.put(what, problem))) {
      LOG.warn("[{}] {}", municipality, problem.reason());
    }
  }

  /** A thing works again. */
  synchronized void clear(String what) {
    if (now.remove(what) != null) {
      LOG.info("[{}] {} works again", municipality, what);
    }
  }

  /** An arrival was taken. */
  void clear(String lineId, Arrival arrival) {
    clear(file(lineId, arrival));
  }

  /** All problems in English, one line each. */
  synchronized List<String> all() {
    return now.values().stream().map(Problem::reason).toList();
  }

  /** Problems of the things whose name begins so. */
  synchronized List<Problem> of(String prefix) {
    return now.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** An I/O error's reason in a few words. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "permission denied: " + denied.getFile();
    }
    if (e instanceof NoSuchFileException gone) {
      return "no such file: " + gone.getFile();
    }
    if (e instanceof FileSystemException fs && fs.getReason() != null) {
      return fs.getReason() + ": " + fs.getFile();
    }
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("");
  }
}
