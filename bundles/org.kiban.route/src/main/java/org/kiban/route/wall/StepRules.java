package org.kiban.route.wall;

import java.util.List;
import java.util.Set;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ModelLifecycleStrategy;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Lets in steps of routes that only move and change messages. */
final class StepRules implements ModelLifecycleStrategy {

  private static final Set<String> FORBIDDEN =
      Set.of(
          "bean",
          "kamelet",
          "policy",
          "process",
          "resumable",
          "pausable",
          "saga",
          "script",
          "serviceCall",
          "transacted",
          "intercept-bean");

  @Override
  public void onAddRouteDefinition(RouteDefinition route) {
    check(route.getOutputs());
  }

  private static void check(List<ProcessorDefinition<?>> steps) {
    for (ProcessorDefinition<?> step :
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, ProcessorDefinition.class)) {
      refuse(step);
    }
  }

  private static void refuse(NamedNode step) {
    if (FORBIDDEN.contains(step.getShortName())) {
      throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_STEP, step.getShortName());
    }
  }

  @Override
  public void onRemoveRouteDefinition(RouteDefinition route) {
    // What goes needs no leave.
  }

  @Override
  public void onAddRouteTemplateDefinition(RouteTemplateDefinition template) {
    throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_STEP, "routeTemplate");
  }

  @Override
  public void onRemoveRouteTemplateDefinition(RouteTemplateDefinition template) {
    // There is none.
  }
}
