package org.kiban.logship.flow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.logship.LogCode;
import org.kiban.logship.source.Source;
import org.kiban.logship.source.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all sources of a municipality. One thread looks, any may ask. */
final class Watcher {

  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

  private final List<Source> sources;
  private final Map<Source, List<Stream>> found = new LinkedHashMap<>();
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private volatile List<Stream> streams = List.of();

  Watcher(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Everything that is known, in the order to be read. */
  List<Stream> streams() {
    return streams;
  }

  /** What keeps sources from being read, by their names. */
  Map<String, String> problems() {
    return Map.copyOf(problems);
  }

  void look() {
    for (Source source : sources) {
      try {
        found.put(source, source.look());
        tell(source, source.problem());
      } catch (IOException | RuntimeException e) {
        tell(source, LogCode.SOURCE_FAILED.line(source.name(), e.toString()));
      }
    }
    List<Stream> all = new ArrayList<>();
    found.values().forEach(all::addAll);
    streams = List.copyOf(all);
  }

  private void tell(Source source, String problem) {
    if (problem.isEmpty()) {
      problems.remove(source.name());
    } else if (!problem.equals(problems.put(source.name(), problem))) {
      LOG.warn("{}", problem);
    }
  }

  void close() {
    for (Source source : sources) {
      try {
        source.close();
      } catch (IOException e) {
        LOG.warn("{}", LogCode.STATE_FAILED.line(e.getMessage()));
      }
    }
  }
}
