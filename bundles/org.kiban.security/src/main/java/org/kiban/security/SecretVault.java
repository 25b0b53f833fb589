package org.kiban.security;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.keys.Secrets;
import org.kiban.core.storage.DurableFiles;

/** The secrets of all municipalities, and those of the node, each in a folder of its own. */
final class SecretVault implements Secrets {

  private static final String CAPABILITY = "security";
  private static final String PURPOSE = "secrets";

  private final Keys keys;
  private final NodePaths paths;
  private final DurableFiles files;
  private final SecureRandom random = new SecureRandom();

  SecretVault(Keys keys, NodePaths paths, DurableFiles files) {
    this.keys = keys;
    this.paths = paths;
    this.files = files;
  }

  /** The node's own. */
  NodeSecrets node() {
    return new SecretFolder(
        "node", paths.nodeDirectory(CAPABILITY), () -> keys.node(PURPOSE), files, random);
  }

  private SecretFolder of(MunicipalityCode code) {
    return new SecretFolder(
        code.value(),
        paths.municipalityDirectory(code, CAPABILITY),
        () -> keys.municipality(code, PURPOSE),
        files,
        random);
  }

  @Override
  public Optional<String> find(MunicipalityCode code, String name) {
    return of(code).find(name);
  }

  @Override
  public List<String> names(MunicipalityCode code) {
    return of(code).names();
  }

  @Override
  public void put(MunicipalityCode code, String name, String value) {
    of(code).put(name, value);
  }

  @Override
  public boolean remove(MunicipalityCode code, String name) {
    return of(code).remove(name);
  }
}
