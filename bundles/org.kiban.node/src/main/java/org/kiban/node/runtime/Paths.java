package org.kiban.node.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.node.config.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Paths as {@code bin/kiban} gives them in system properties; beside the program without it. */
@Component
public final class Paths implements NodePaths {

  private final Path home;
  private final Path etc;
  private final Path data;
  private final String nodeName;
  private final boolean onTrial;

  /** Reads the properties, which the framework passes through from the process. */
  @Activate
  public Paths(BundleContext context) {
    this.home = path(context, "kiban.home", Path.of(text(context, "karaf.base", ".")));
    this.etc = path(context, "kiban.etc", home.resolve("etc"));
    this.data = path(context, "kiban.data", home.resolve("var"));
    this.nodeName = text(context, "kiban.node.name", Settings.load(etc).nodeName());
    this.onTrial = Boolean.parseBoolean(text(context, "kiban.trial", "false"));
  }

  private static Path path(BundleContext context, String property, Path otherwise) {
    String value = text(context, property, "");
    return (value.isEmpty() ? otherwise : Path.of(value)).toAbsolutePath().normalize();
  }

  private static String text(BundleContext context, String property, String otherwise) {
    String value = context.getProperty(property);
    return value == null || value.isBlank() ? otherwise : value;
  }

  @Override
  public String nodeName() {
    return nodeName;
  }

  @Override
  public boolean onTrial() {
    return onTrial;
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public Path etc() {
    return etc;
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public Path nodeDirectory(String capability) {
    return created(data.resolve("node").resolve(capability));
  }

  @Override
  public Path municipalityDirectory(MunicipalityCode code, String capability) {
    return created(data.resolve(code.value()).resolve(capability));
  }

  private static Path created(Path directory) {
    try {
      return Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
