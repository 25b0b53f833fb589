package org.kiban.backup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kiban.backup.source.Holdings;
import org.kiban.backup.source.NodeFacts;
import org.kiban.backup.source.OwnState;
import org.kiban.backup.source.Sources;
import org.kiban.core.Municipalities;
import org.kiban.core.Municipality;
import org.kiban.core.NodePaths;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.storage.Databases;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The backup of the whole node with all its municipalities, from which an empty machine becomes it
 * again. Only administrators of the node reach it.
 */
@Component(
    service = BackupOwner.class,
    immediate = true,
    configurationPid = "org.kiban.backup.node",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BackupConfig.class)
public final class NodeBackup implements BackupOwner {

  private final BackupAgent agent;

  /** Opens nothing yet. */
  @Activate
  public NodeBackup(
      BackupConfig config,
      Map<String, Object> values,
      BundleContext context,
      @Reference Municipalities municipalities,
      @Reference NodePaths paths,
      @Reference Keys keys,
      @Reference NodeSecrets secrets,
      @Reference Databases databases,
      @Reference Sources sources,
      @Reference Foundation node) {
    Path directory = paths.nodeDirectory("backup");
    Owner owner =
        new Owner(
            Owner.NODE,
            "org.kiban.backup.node.cfg.json",
            directory,
            directory,
            paths.data(),
            () -> keys.node("backup-repository"),
            secrets::find,
            () -> {
              List<BackupSource> all = new ArrayList<>();
              all.add(
                  new OwnState(
                      Optional.empty(),
                      municipalities.all().stream().map(Municipality::code).toList(),
                      databases,
                      new Holdings(paths).node()));
              all.add(NodeFacts.of(paths));
              all.addAll(sources.all());
              return all;
            },
            List::of);
    this.agent = new BackupAgent(owner, config, values, context, node);
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
