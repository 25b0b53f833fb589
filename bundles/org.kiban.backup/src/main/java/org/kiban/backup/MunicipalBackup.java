package org.kiban.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kiban.backup.source.Holdings;
import org.kiban.backup.source.OwnState;
import org.kiban.backup.source.Sources;
import org.kiban.core.Municipalities;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.Secrets;
import org.kiban.core.storage.Databases;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The backup of one municipality, there while the municipality switches it on. */
@Component(
    service = BackupOwner.class,
    immediate = true,
    configurationPid = "org.kiban.backup",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BackupConfig.class, factory = true)
public final class MunicipalBackup implements BackupOwner {

  private static final String QUEUES = "queues";

  private final BackupAgent agent;

  /** Opens nothing yet. */
  @Activate
  public MunicipalBackup(
      BackupConfig config,
      Map<String, Object> values,
      BundleContext context,
      @Reference Municipalities municipalities,
      @Reference NodePaths paths,
      @Reference Keys keys,
      @Reference Secrets secrets,
      @Reference Databases databases,
      @Reference Sources sources,
      @Reference Foundation node) {
    MunicipalityCode code = municipalities.require(config.code()).code();
    Path directory = paths.municipalityDirectory(code, "backup");
    OwnState state =
        new OwnState(
            Optional.of(code), List.of(code), databases, new Holdings(paths).municipality(code));
    Owner owner =
        new Owner(
            code.value(),
            "org.kiban.backup~" + code + ".cfg.json",
            directory,
            directory.getParent(),
            directory.getParent(),
            () -> keys.municipality(code, "backup-repository"),
            name -> secrets.find(code, name),
            () -> {
              List<BackupSource> all = new ArrayList<>(List.of(state));
              all.addAll(sources.of(code));
              return all;
            },
            () -> withoutMessages(code, directory.getParent(), sources));
    this.agent = new BackupAgent(owner, config, values, context, node);
  }

  /** Messages can be read by messaging alone; a municipality that never had it has none. */
  private static List<String> withoutMessages(MunicipalityCode code, Path own, Sources sources) {
    boolean saved = sources.of(code).stream().anyMatch(s -> s.name().equals(QUEUES));
    return saved || !Files.isDirectory(own.resolve("messaging")) ? List.of() : List.of(QUEUES);
  }

  @Override
  public BackupAgent agent() {
    return agent;
  }

  /** Takes the health check away and begins nothing more. */
  @Deactivate
  public void deactivate() {
    agent.close();
  }
}
