package org.kiban.node.runtime;

import java.util.Locale;
import org.kiban.core.NodePaths;
import org.kiban.node.config.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the node's language the one that everything falls back to where a session does not say. */
@Component(service = Language.class, immediate = true)
public final class Language {

  /** Sets the process's default: the only place that the container and libraries ask. */
  @Activate
  public Language(@Reference NodePaths paths) {
    Locale.setDefault(Settings.load(paths.etc()).locale());
  }
}
