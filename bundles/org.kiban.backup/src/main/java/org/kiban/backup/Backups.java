package org.kiban.backup;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.backup.site.SiteStatus;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The backups of the node and of all municipalities that have one, for commands. */
@Component(service = Backups.class)
public final class Backups {

  private final Municipalities municipalities;
  private final Map<String, BackupAgent> all = new ConcurrentHashMap<>();

  /** Finds by code. */
  @Activate
  public Backups(@Reference Municipalities municipalities) {
    this.municipalities = municipalities;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void add(BackupOwner owner) {
    all.put(owner.agent().name(), owner.agent());
  }

  void remove(BackupOwner owner) {
    all.remove(owner.agent().name(), owner.agent());
  }

  /** Who has one now: codes, and {@code node} if it is one of them. */
  public List<String> names() {
    return all.keySet().stream().sorted().toList();
  }

  /**
   * How each place of each backup is; what is wrong with one holds up no other.
   *
   * @param code a municipality's, or {@code node}; null for all
   * @throws KibanException if that one has none, or its repository cannot be read
   */
  public List<SiteStatus> status(String code) {
    return code != null
        ? of(code).overview().status()
        : names().stream()
            .flatMap(name -> of(name).overview().statusWithProblems().stream())
            .toList();
  }

  /** A municipality's, or the one of the {@code node}. */
  public BackupAgent of(String code) {
    String name = code.equals(Owner.NODE) ? code : municipalities.require(code).code().value();
    BackupAgent agent = all.get(name);
    if (agent == null) {
      throw new KibanException(Outcome.USAGE, BackupMessage.NOT_ENABLED, code);
    }
    return agent;
  }
}
