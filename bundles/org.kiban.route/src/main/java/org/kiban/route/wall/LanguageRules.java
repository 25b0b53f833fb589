package org.kiban.route.wall;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.impl.engine.DefaultLanguageResolver;
import org.apache.camel.language.simple.FileLanguage;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.spi.Language;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Finds the languages of expressions: those that cannot reach Java. What Camel calls {@code bean},
 * and uses for {@code ${body.name}} and the like, is {@link DataPath} here.
 */
final class LanguageRules extends DefaultLanguageResolver {

  private static final Set<String> PLAIN =
      Set.of("constant", "exchangeProperty", "header", "jsonpath", "tokenize", "variable", "xpath");

  @Override
  public Language resolveLanguage(String name, CamelContext context) {
    Language found =
        switch (name) {
          // Camel asks for the second where it evaluates without functions for files; ours has
          // them.
          case "simple", "simple-no-file" -> new Simple();
          case "file" -> new File();
          case "bean" -> new DataPath();
          default -> {
            if (!PLAIN.contains(name)) {
              throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_LANGUAGE, name);
            }
            yield super.resolveLanguage(name, context);
          }
        };
    if (found instanceof org.apache.camel.CamelContextAware aware) {
      aware.setCamelContext(context);
    }
    return found;
  }

  /** Camel's own language {@code simple}, without the functions that leave the message. */
  private static final class Simple extends SimpleLanguage {
    @Override
    public Predicate createPredicate(String expression) {
      return super.createPredicate(Functions.checked(expression));
    }

    @Override
    public Expression createExpression(String expression) {
      return super.createExpression(Functions.checked(expression));
    }
  }

  /** The same for names of files. */
  private static final class File extends FileLanguage {
    @Override
    public Predicate createPredicate(String expression) {
      return super.createPredicate(Functions.checked(expression));
    }

    @Override
    public Expression createExpression(String expression) {
      return super.createExpression(Functions.checked(expression));
    }
  }

  /** The functions of {@code simple}: what stands first after each {@code ${}. */
  static final class Functions {

    private static final Pattern BEGIN = Pattern.compile("\\$(?:simple)?\\{\\s*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z-]*");
    private static final Set<String> ALLOWED =
        Set.of(
            "attachment",
            "attachments",
            "body",
            "bodyAs",
            "bodyOneLine",
            "camelId",
            "collate",
            "date",
            "date-with-timezone",
            "empty",
            "exception",
            "exchangeId",
            "exchangeProperty",
            "exchangePropertyAs",
            "file",
            "fromRouteId",
            "hash",
            "header",
            "headerAs",
            "headers",
            "id",
            "iif",
            "in",
            "join",
            "jsonpath",
            "list",
            "mandatoryBodyAs",
            "map",
            "messageHistory",
            "messageTimestamp",
            "null",
            "originalBody",
            "pretty",
            "prettyBody",
            "random",
            "replace",
            "routeGroup",
            "routeId",
            "skip",
            "stepId",
            "substring",
            "threadId",
            "threadName",
            "uuid",
            "variable",
            "variableAs",
            "variables",
            "xpath");

    private static final UnaryOperator<String> START =
        text -> text.length() > 40 ? text.substring(0, 40) + "…" : text;

    private Functions() {}

    /**
     * Returns an expression as it is.
     *
     * @throws KibanException (refused) if it uses a function that is not allowed, or one whose name
     *     is not known before it is evaluated
     */
    static String checked(String expression) {
      Matcher begin = BEGIN.matcher(expression);
      while (begin.find()) {
        String rest = expression.substring(begin.end());
        Matcher name = NAME.matcher(rest);
        boolean right = rest.startsWith("}") || name.lookingAt() && ALLOWED.contains(name.group());
        if (!right) {
          throw new KibanException(
              Outcome.REFUSED, WallMessage.FORBIDDEN_EXPRESSION, START.apply("${" + rest));
        }
      }
      return expression;
    }
  }
}
