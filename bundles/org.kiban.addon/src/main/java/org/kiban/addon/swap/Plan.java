package org.kiban.addon.swap;

import java.util.List;
import org.kiban.addon.pack.Permissions;
import org.kiban.core.KibanException;

/**
 * What an operation would do.
 *
 * @param operation what was asked for
 * @param id of the add-on
 * @param nameJa for operators
 * @param nameEn for operators
 * @param vendor who made it
 * @param keyId the key that signed it
 * @param from the version that is there; empty if none
 * @param to the version asked for; empty if none
 * @param permissions what it may touch
 * @param installs bundles that come
 * @param removes bundles that go
 * @param keeps bundles that stay as they are
 * @param restarts bundles of the node that would restart: then it is refused
 * @param routes routes that use what goes, as {@code <code>/<name>}
 * @param pauseMillis how long the add-on will not work, as far as can be said
 * @param problems why it is refused; empty if it is not
 */
public record Plan(
    Operation operation,
    String id,
    String nameJa,
    String nameEn,
    String vendor,
    String keyId,
    String from,
    String to,
    Permissions permissions,
    List<String> installs,
    List<String> removes,
    List<String> keeps,
    List<String> restarts,
    List<String> routes,
    long pauseMillis,
    List<KibanException> problems) {

  /** Copies the lists. */
  public Plan {
    installs = List.copyOf(installs);
    removes = List.copyOf(removes);
    keeps = List.copyOf(keeps);
    restarts = List.copyOf(restarts);
    routes = List.copyOf(routes);
    problems = List.copyOf(problems);
  }

  /** The same plan, refused for these reasons. */
  Plan with(List<KibanException> reasons) {
    return new Plan(
        operation,
        id,
        nameJa,
        nameEn,
        vendor,
        keyId,
        from,
        to,
        permissions,
        installs,
        removes,
        keeps,
        restarts,
        routes,
        pauseMillis,
        reasons);
  }

  /**
   * Lets pass what is not refused.
   *
   * @throws KibanException the first problem
   */
  public void require() {
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
  }
}
