package org.kiban.route.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.route.RouteFile;
import org.kiban.route.wall.Wall;
import org.kiban.route.wall.WallMessage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Checks a file as a text first, and then as Camel reads it, in a context that is never started.
 */
@Component
public final class FileChecker implements Checker {

  /** Steps and languages that run code of their own, by the names of both file formats. */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "bean",
          "beans",
          "blueprint",
          "customLoadBalancer",
          "groovy",
          "hl7terser",
          "java",
          "joor",
          "js",
          "kamelet",
          "method",
          "mvel",
          "ognl",
          "pausable",
          "policy",
          "process",
          "python",
          "resumable",
          "routeTemplate",
          "saga",
          "script",
          "serviceCall",
          "spel",
          "templatedRoute",
          "transacted",
          "wasm");

  /** What names a bean. */
  private static final Set<String> REFERENCES =
      Set.of(
          "aggregationStrategy", "executorService", "idempotentRepository", "keyRef", "onPrepare");

  private final Wall wall;
  private final NodePaths paths;

  /** Called by the component runtime. */
  @Activate
  public FileChecker(@Reference Wall wall, @Reference NodePaths paths) {
    this.wall = wall;
    this.paths = paths;
  }

  @Override
  public List<Finding> check(RouteFile file) {
    try {
      Element root = Outline.of(file);
      List<Finding> findings = new ArrayList<>();
      steps(file, root, findings);
      ids(file, root, findings);
      // Camel makes beans while it reads: what is refused as a text is not given to it.
      if (findings.isEmpty()) {
        findings.addAll(new CamelReading(file, root, REFERENCES).check(wall));
      }
      return unique(findings);
    } catch (Outline.Unreadable e) {
      return List.of(Placed.at(file, e.line(), WallMessage.SYNTAX, e.getMessage()));
    }
  }

  @Override
  public List<Finding> advise(RouteFile file) {
    try {
      return unique(Advice.of(file, Outline.of(file)));
    } catch (Outline.Unreadable e) {
      return List.of();
    }
  }

  private static List<Finding> unique(List<Finding> findings) {
    Map<String, Finding> byText = new LinkedHashMap<>();
    findings.stream()
        .sorted(Comparator.comparingInt(Finding::line))
        .forEach(f -> byText.putIfAbsent(f.text(java.util.Locale.ROOT), f));
    return List.copyOf(byText.values());
  }

  private static void steps(RouteFile file, Element root, List<Finding> findings) {
    root.all()
        .filter(e -> FORBIDDEN.contains(e.name()))
        .forEach(
            e -> findings.add(Placed.at(file, e.line(), WallMessage.FORBIDDEN_STEP, e.name())));
    root.all()
        .filter(e -> e.name().equals("log"))
        .filter(e -> (e.text() + e.child("message")).contains("{{secret:"))
        .forEach(
            e -> findings.add(Placed.at(file, e.line(), WallMessage.FORBIDDEN_EXPRESSION, "log")));
  }

  private void ids(RouteFile file, Element root, List<Finding> findings) {
    Map<String, String> others = new HashMap<>();
    for (RouteFile other : others(paths, file)) {
      try {
        routeIds(Outline.of(other)).forEach(id -> others.put(id.text(), other.fileName()));
      } catch (Outline.Unreadable e) {
        // It does not run, so it holds no id.
      }
    }
    Map<String, Integer> own = new HashMap<>();
    for (Element id : routeIds(root)) {
      Integer before = own.putIfAbsent(id.text(), id.line());
      String where = before == null ? others.get(id.text()) : file.fileName() + ":" + before;
      if (where != null) {
        findings.add(Placed.at(file, id.line(), WallMessage.ID_CLASH, id.text(), where));
      }
    }
  }

  private static List<Element> routeIds(Element root) {
    return root.all()
        .filter(e -> e.name().equals("route") || e.name().equals("from"))
        .flatMap(e -> e.children().stream())
        .filter(e -> e.name().equals("id") && !e.text().isBlank())
        .toList();
  }

  private static List<RouteFile> others(NodePaths paths, RouteFile file) {
    List<RouteFile> others = new ArrayList<>();
    try (Stream<Path> folder = Files.list(RouteFile.folder(paths, file.code()))) {
      for (Path path : folder.sorted().toList()) {
        read(file.code(), path).filter(o -> !o.name().equals(file.name())).ifPresent(others::add);
      }
    } catch (NoSuchFileException e) {
      // No folder, so no other file.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return others;
  }

  private static Optional<RouteFile> read(MunicipalityCode code, Path path) throws IOException {
    String fileName = path.getFileName().toString();
    try {
      return RouteFile.isOne(fileName)
          ? RouteFile.of(code, fileName, Files.readAllBytes(path))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      // Gone between listing and reading, so it holds no id any more.
      return Optional.empty();
    }
  }
}
