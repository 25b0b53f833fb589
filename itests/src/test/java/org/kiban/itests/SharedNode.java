package org.kiban.itests;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One running node for all tests that ask for it: {@code @ExtendWith(SharedNode.class)} and a
 * parameter of type {@link NodeProcess}. Started when the first asks, ended after the last test of
 * the run. A test leaves it as it found it, uses a municipality of its own, and never kills it.
 */
public final class SharedNode implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedNode.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == NodeProcess.class;
  }

  @Override
  public NodeProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("node", key -> started(), NodeProcess.class);
  }

  private static NodeProcess started() {
    NodeProcess node = NodeProcess.create("共有");
    try {
      return node.start();
    } catch (AssertionError e) {
      node.close();
      throw e;
    }
  }
}
