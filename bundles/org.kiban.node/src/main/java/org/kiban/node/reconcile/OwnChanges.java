package org.kiban.node.reconcile;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.kiban.core.NodeState;
import org.kiban.node.container.Configurations;
import org.kiban.node.container.Features;

/** Makes what the reconciler does to the container part of the desired state. */
final class OwnChanges {

  private OwnChanges() {}

  static Features of(Features features, NodeState state) {
    return new Features() {
      @Override
      public boolean booted() {
        return features.booted();
      }

      @Override
      public Set<String> available() {
        return features.available();
      }

      @Override
      public Set<String> required() {
        return features.required();
      }

      @Override
      public void install(Set<String> names) throws Exception {
        state.change(done(() -> features.install(names)));
      }

      @Override
      public void uninstall(String name) throws Exception {
        state.change(done(() -> features.uninstall(name)));
      }

      @Override
      public void start(String name) throws Exception {
        state.change(done(() -> features.start(name)));
      }
    };
  }

  static Configurations of(Configurations configurations, NodeState state) {
    return new Configurations() {
      @Override
      public Map<String, Map<String, Object>> managed() throws IOException {
        return configurations.managed();
      }

      @Override
      public void put(String pid, Map<String, Object> values) throws IOException {
        changed(() -> configurations.put(pid, values));
      }

      @Override
      public void delete(String pid) throws IOException {
        changed(() -> configurations.delete(pid));
      }

      private void changed(Work work) throws IOException {
        try {
          state.change(done(work));
        } catch (IOException | RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IOException(e);
        }
      }
    };
  }

  /** Work without a result. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static Callable<Void> done(Work work) {
    return () -> {
      work.run();
      return null;
    };
  }
}
