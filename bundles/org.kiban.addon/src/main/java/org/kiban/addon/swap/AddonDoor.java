package org.kiban.addon.swap;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.kiban.addon.api.AddonChanges;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The door for other parts of the node: nothing of its own, so that there is one way to swap. */
@Component(service = AddonChanges.class)
public final class AddonDoor implements AddonChanges {

  private final Addons addons;

  /** Called by the component runtime. */
  @Activate
  public AddonDoor(@Reference Addons addons) {
    this.addons = addons;
  }

  @Override
  public SortedMap<String, String> installed() {
    SortedMap<String, String> versions = new TreeMap<>();
    addons.list().forEach(v -> versions.put(v.addon().id(), v.addon().version()));
    return versions;
  }

  @Override
  public Plan plan(Path file) {
    org.kiban.addon.swap.Plan plan = addons.plan(file);
    plan.require();
    return new Plan(plan.id(), plan.to(), plan.pauseMillis(), plan.routes());
  }

  @Override
  public void put(Path file, Consumer<String> progress) {
    Operation operation =
        addons.ids().contains(addons.verify(file).manifest().id())
            ? Operation.UPDATE
            : Operation.INSTALL;
    addons.put(operation, file, step -> progress.accept(step.english()));
  }

  @Override
  public void back(Path file, Consumer<String> progress) {
    addons.put(Operation.RETURN, file, step -> progress.accept(step.english()));
  }

  @Override
  public void remove(String id, Consumer<String> progress) {
    addons.remove(id, step -> progress.accept(step.english()));
  }
}
