package org.kiban.route.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.reifier.language.ExpressionReifier;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.kiban.core.KibanException;
import org.kiban.route.RouteFile;
import org.kiban.route.wall.Wall;
import org.kiban.route.wall.WallMessage;

/** Reads a file with Camel, resolves its endpoints and expressions, and starts nothing. */
final class CamelReading {

  private static final Pattern PLACE = Pattern.compile("(?:[Ll]ine:? |@)([0-9]{1,6})\\b");
  private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{?(.*?)}?]");
  private static final int LONGEST_REASON = 300;

  private final RouteFile file;
  private final Element root;
  private final Set<String> references;
  private final List<Finding> findings = new ArrayList<>();

  CamelReading(RouteFile file, Element root, Set<String> references) {
    this.file = file;
    this.root = root;
    this.references = references;
  }

  List<Finding> check(Wall wall) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(DefaultCamelContext.class.getClassLoader());
    DefaultCamelContext context = null;
    try {
      context = wall.build(file);
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(ResourceHelper.fromBytes(file.fileName(), file.content()));
      if (context.getRouteDefinitions().isEmpty() && context.getRestDefinitions().isEmpty()) {
        findings.add(Placed.at(file, 0, WallMessage.EMPTY));
      }
      for (RouteDefinition route : context.getRouteDefinitions()) {
        route(context, route);
      }
      beans(context);
    } catch (Exception e) {
      findings.add(finding(0, e));
    } finally {
      if (context != null) {
        context.stop();
      }
      thread.setContextClassLoader(before);
    }
    return findings;
  }

  private void route(DefaultCamelContext context, RouteDefinition route) {
    if (route.getInput() != null) {
      endpoint(context, route.getInput().getEndpointUri(), route.getInput().getLineNumber());
    }
    for (ProcessorDefinition<?> step :
        ProcessorDefinitionHelper.filterTypeInOutputs(
            route.getOutputs(), ProcessorDefinition.class)) {
      if (step instanceof EndpointRequiredDefinition to && !to.getEndpointUri().contains("${")) {
        endpoint(context, to.getEndpointUri(), step.getLineNumber());
      }
      if (step instanceof ExpressionNode node && node.getExpression() != null) {
        attempt(
            step.getLineNumber(),
            () -> ExpressionReifier.reifier(context, node.getExpression()).createExpression());
      }
    }
  }

  private void endpoint(DefaultCamelContext context, String uri, int line) {
    attempt(line, () -> context.getEndpoint(uri));
  }

  private void beans(DefaultCamelContext context) {
    root.all()
        .filter(e -> references.contains(e.name()) && !e.text().isBlank())
        .forEach(
            e -> {
              String name = e.text().replaceFirst("^#(bean:)?", "");
              if (name.contains(":") || context.getRegistry().lookupByName(name) == null) {
                findings.add(Placed.at(file, e.line(), WallMessage.MISSING_BEAN, name));
              }
            });
  }

  /** Something that Camel may refuse. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws Exception;
  }

  private void attempt(int line, Attempt attempt) {
    try {
      attempt.run();
    } catch (Exception e) {
      findings.add(finding(line, e));
    }
  }

  private static String schemeOf(Exception failure) {
    String uri =
        failure instanceof ResolveEndpointFailedException e ? String.valueOf(e.getUri()) : "";
    return uri.replaceFirst("(?s)[:?].*$", "");
  }

  private Finding finding(int known, Exception failure) {
    int line = known;
    String reason = "";
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof KibanException e && e.code() instanceof WallMessage) {
        return Placed.at(file, line, e);
      }
      String message = String.valueOf(t.getMessage());
      Matcher place = PLACE.matcher(message);
      if (line <= 0 && place.find()) {
        line = Integer.parseInt(place.group(1));
      }
      Matcher unknown = UNKNOWN.matcher(message);
      if (unknown.find()) {
        String names = unknown.group(1).replaceAll("=[^,]*", "");
        return Placed.at(file, line, WallMessage.UNKNOWN_OPTION, names, schemeOf(failure));
      }
      reason = message;
    }
    String first = reason.lines().findFirst().orElse("");
    String shown =
        first.length() > LONGEST_REASON ? first.substring(0, LONGEST_REASON) + "…" : first;
    return Placed.at(file, line, WallMessage.WRONG, shown);
  }
}
