package org.kiban.node.edit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.node.NodeMessages;
import org.kiban.node.config.Declared;
import org.kiban.node.config.Nearest;
import org.kiban.node.config.Registry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Changes a municipality's one file. A change is worked out and checked first, so that it can be
 * shown without being made. Safe for any thread; the last of two writers at one time wins.
 */
@Component(service = MunicipalityEditor.class)
public final class MunicipalityEditor {

  private static final Pattern SAMPLE =
      Pattern.compile("org\\.kiban\\.municipality~([0-9]{6})\\.cfg\\.json");

  private final NodePaths paths;
  private final DurableFiles files;
  private final Registry registry;

  /** Edits below {@code etc/}. */
  @Activate
  public MunicipalityEditor(
      @Reference NodePaths paths, @Reference DurableFiles files, @Reference Registry registry) {
    this.paths = paths;
    this.files = files;
    this.registry = registry;
  }

  /**
   * Works out how to switch a municipality on, and with it one more of its capabilities if one is
   * named. Without a file, the sample for its code is where it begins.
   *
   * @param code a code as typed
   * @param capability a capability as typed, or null for the municipality itself
   * @throws KibanException if the code or the capability is wrong, or there is neither file nor
   *     sample
   */
  public Change enable(String code, String capability) {
    Path file = file(code);
    String before = Files.exists(file) ? read(file) : "";
    JsonText text = new JsonText(before.isEmpty() ? sample(code) : before);
    Declared now = registry.check(file.getFileName().toString(), text.toString());
    if (!now.enabled()) {
      text = text.set("enabled", true, "code");
    }
    if (capability != null) {
      checkKnown(capability);
      text = now.municipality().has(capability) ? text : text.add("capabilities", capability);
    }
    return checked(file, before, text);
  }

  /**
   * Works out how to switch a municipality, or one of its capabilities, off. Its data stays.
   *
   * @param code a code as typed
   * @param capability a capability as typed, or null for the municipality itself
   * @throws KibanException if the code or the capability is wrong, or there is no file
   */
  public Change disable(String code, String capability) {
    Path file = file(code);
    if (!Files.exists(file)) {
      throw new KibanException(Outcome.USAGE, NodeMessages.NOT_SERVED, code);
    }
    String before = read(file);
    Declared now = registry.check(file.getFileName().toString(), before);
    JsonText text = new JsonText(before);
    if (capability != null) {
      checkKnown(capability);
      text = text.remove("capabilities", capability);
    } else if (now.enabled()) {
      text = text.set("enabled", false, "code");
    }
    return checked(file, before, text);
  }

  /**
   * Makes a change. On return it is durable; the node takes it up with its next look.
   *
   * @throws KibanException if the file cannot be written; nothing is changed then
   */
  public void apply(Change change) {
    try {
      // A link into a folder under version control stays a link.
      Path target = Files.exists(change.file()) ? change.file().toRealPath() : change.file();
      byte[] content = change.after().getBytes(StandardCharsets.UTF_8);
      files.write(target, out -> out.write(content));
      registry.trust(change.file().getFileName().toString());
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, NodeMessages.NOT_WRITTEN, change.file(), e.getMessage());
    }
  }

  private Change checked(Path file, String before, JsonText text) {
    registry.check(file.getFileName().toString(), text.toString());
    return new Change(file, before, text.toString());
  }

  private Path file(String code) {
    MunicipalityCode valid = Registry.parse(code);
    return paths.etc().resolve("org.kiban.municipality~" + valid + ".cfg.json");
  }

  private String sample(String code) {
    String name = file(code).getFileName().toString();
    for (Path etc : etcs()) {
      Path sample = etc.resolve("samples").resolve(name);
      if (Files.exists(sample)) {
        return read(sample);
      }
    }
    throw new KibanException(Outcome.USAGE, NodeMessages.NO_FILE_NO_SAMPLE, code, name);
  }

  /** The codes that have a file or a sample, ascending. */
  public SortedSet<String> codes() {
    SortedSet<String> codes = new TreeSet<>();
    registry.desired().municipalities().keySet().forEach(c -> codes.add(c.value()));
    for (Path etc : etcs()) {
      try (Stream<Path> samples = Files.list(etc.resolve("samples"))) {
        samples
            .map(p -> SAMPLE.matcher(p.getFileName().toString()))
            .filter(Matcher::matches)
            .forEach(m -> codes.add(m.group(1)));
      } catch (IOException e) {
        continue; // Samples are a convenience: without them there is nothing to offer.
      }
    }
    return codes;
  }

  /** An operator's own etc may have been made without the samples; the distribution has them. */
  private List<Path> etcs() {
    return List.of(paths.etc(), paths.home().resolve("etc"));
  }

  private void checkKnown(String capability) {
    SortedSet<String> known = registry.known();
    if (!known.contains(capability)) {
      throw new KibanException(
          Outcome.USAGE,
          NodeMessages.NO_SUCH_CAPABILITY,
          capability,
          Nearest.hint(capability, known));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, NodeMessages.UNREADABLE, file, e.getClass().getSimpleName());
    }
  }
}
