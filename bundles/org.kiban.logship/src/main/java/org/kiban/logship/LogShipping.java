package org.kiban.logship;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Outcome;
import org.kiban.logship.flow.LogAgent;
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
