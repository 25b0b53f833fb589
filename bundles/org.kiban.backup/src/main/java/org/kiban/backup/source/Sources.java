package org.kiban.backup.source;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What bundles contribute to backups now. */
@Component(service = Sources.class)
public final class Sources {

  private final Set<BackupSource> all = ConcurrentHashMap.newKeySet();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void add(BackupSource source) {
    all.add(source);
  }

  void remove(BackupSource source) {
    all.remove(source);
  }

  /** Those of a municipality. */
  public List<BackupSource> of(MunicipalityCode code) {
    return all.stream().filter(s -> s.municipality().equals(Optional.of(code))).toList();
  }

  /** Those of the node and of every municipality, each thing once. */
  public List<BackupSource> all() {
    return all.stream().filter(s -> !s.isSavedByNode()).toList();
  }
}
