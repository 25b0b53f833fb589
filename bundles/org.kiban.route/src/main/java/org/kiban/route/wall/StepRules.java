package org.kiban.route.wall;

import java.util.List;
import java.util.Set;
import org.apache.camel.NamedNode;
import org.apache.camel.model.AggregationStrategyAwareDefinition;
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
      throw refused(step.getShortName());
    }
    // A strategy is a bean of ours: of another class, Camel would call methods by reflection.
    if (step instanceof AggregationStrategyAwareDefinition<?> aggregating
        && aggregating.getAggregationStrategyRef() != null
        && aggregating.getAggregationStrategyRef().replaceFirst("^#bean:", "").contains(":")) {
      throw refused(aggregating.getAggregationStrategyRef());
    }
  }

  private static KibanException refused(String what) {
    return new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_STEP, what);
  }

  @Override
  public void onRemoveRouteDefinition(RouteDefinition route) {
    // What goes needs no leave.
  }

  @Override
  public void onAddRouteTemplateDefinition(RouteTemplateDefinition template) {
    throw refused("routeTemplate");
  }

  @Override
  public void onRemoveRouteTemplateDefinition(RouteTemplateDefinition template) {
    // There is none.
  }
}
