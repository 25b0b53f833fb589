package org.kiban.backup;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The backups of all municipalities that have one, for commands. */
@Component(service = Backups.class)
public final class Backups {

  private final Municipalities municipalities;
  private final Map<MunicipalityCode, MunicipalBackup> all = new ConcurrentHashMap<>();

  /** Finds by code. */
  @Activate
  public Backups(@Reference Municipalities municipalities) {
    this.municipalities = municipalities;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void add(MunicipalBackup backup) {
    all.put(backup.code(), backup);
  }

  void remove(MunicipalBackup backup) {
    all.remove(backup.code(), backup);
  }

  /** A municipality's. */
  public MunicipalBackup of(String code) {
    MunicipalBackup backup = all.get(municipalities.require(code).code());
    if (backup == null) {
      throw new KibanException(Outcome.USAGE, BackupMessage.NOT_ENABLED, code);
    }
    return backup;
  }
}
