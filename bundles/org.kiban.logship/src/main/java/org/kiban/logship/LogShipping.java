package org.kiban.logship;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Outcome;
import org.kiban.logship.flow.LogAgent;
import org.kiban.logship.local.Archive;
import org.kiban.logship.local.Search;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The logs of all municipalities that ship them, for commands. */
@Component(service = LogShipping.class)
public final class LogShipping {

  private final Municipalities municipalities;
  private final Map<String, LogOwner> all = new ConcurrentHashMap<>();
  private final Set<ArchiveOwner> received = ConcurrentHashMap.newKeySet();

  /** Finds by code. */
  @Activate
  public LogShipping(@Reference Municipalities municipalities) {
    this.municipalities = municipalities;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void add(LogOwner owner) {
    all.put(owner.code(), owner);
  }

  void remove(LogOwner owner) {
    all.remove(owner.code(), owner);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addArchive(ArchiveOwner owner) {
    received.add(owner);
  }

  void removeArchive(ArchiveOwner owner) {
    received.remove(owner);
  }

  /**
   * Looks for events in what this node keeps of a municipality: its own, and what it received.
   *
   * @throws KibanException if it keeps nothing, or it cannot be read
   */
  public List<Search.Hit> search(String code, Search search) {
    List<Archive> archives = new ArrayList<>();
    of(code).archive().ifPresent(archives::add);
    received.stream()
        .filter(owner -> owner.municipality().equals(code))
        .forEach(owner -> owner.archive().ifPresent(archives::add));
    if (archives.isEmpty()) {
      throw new KibanException(Outcome.FAILED, LogCode.NO_LOCAL, code);
    }
    try {
      return search.in(archives);
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, LogCode.STATE_FAILED, e.getMessage());
    }
  }

  /**
   * A municipality's logs.
   *
   * @throws KibanException if it ships none, or its configuration cannot be used
   */
  public LogAgent of(String code) {
    LogOwner owner = all.get(municipalities.require(code).code().value());
    if (owner == null) {
      throw new KibanException(Outcome.USAGE, LogCode.NOT_ENABLED, code);
    }
    return owner.agent();
  }
}
