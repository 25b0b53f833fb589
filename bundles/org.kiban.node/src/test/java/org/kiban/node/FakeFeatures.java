package org.kiban.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.kiban.node.container.Features;

/** A container's features, with those that fail. */
public final class FakeFeatures implements Features {

  public boolean booted = true;
  public final Set<String> available = new TreeSet<>();
  public final Set<String> required = new TreeSet<>();

  /** Features that neither resolve nor stay. */
  public final Set<String> unresolvable = new TreeSet<>();

  /** Features that the container keeps although a bundle does not start. */
  public final Set<String> unstartable = new TreeSet<>();

  /** What was done, in order. */
  public final List<String> calls = new ArrayList<>();

  public FakeFeatures(String... available) {
    this.available.addAll(List.of(available));
  }

  @Override
  public boolean booted() {
    return booted;
  }

  @Override
  public Set<String> available() {
    return available;
  }

  @Override
  public Set<String> required() {
    return new TreeSet<>(required);
  }

  @Override
  public void install(Set<String> names) throws Exception {
    calls.add("install " + names);
    if (names.stream().anyMatch(unresolvable::contains)) {
      throw new Exception("Error:\n\tUnable to resolve\nlong explanation");
    }
    required.addAll(names);
    if (names.stream().anyMatch(unstartable::contains)) {
      throw new Exception("Error starting bundle");
    }
  }

  @Override
  public void uninstall(String name) throws Exception {
    calls.add("uninstall " + name);
    required.remove(name);
  }

  @Override
  public void start(String name) throws Exception {
    calls.add("start " + name);
    if (unstartable.contains(name)) {
      throw new Exception("Error starting bundle");
    }
  }
}
