package org.kiban.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.core.code.CheckDigits;

/**
 * Takes out of a command line what must not stand in any record: values that follow the name of a
 * secret, and 個人番号 (twelve digits whose check digit is right). Pure functions.
 */
public final class Masked {

  private static final String STARS = "****";
  private static final String PASSWORD = "[\\w.-]*(?:password|passwd|passphrase)";
  private static final String SECRET = "[\\w.-]*(?:secret|credential|private-?key|token)";
  private static final String VALUE = "(\"[^\"]*\"|'[^']*'|\\S+)";

  /** Behind a blank, since {@code secret:list} is a command and no value. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(?<=\\s)(%1$s[=\\s]\\s*|--?%2$s[=\\s]\\s*|%2$s=)%3$s"
              .formatted(PASSWORD, SECRET, VALUE));

  private static final Pattern TWELVE = Pattern.compile("(?<![0-9])[0-9]{12}(?![0-9])");

  private Masked() {}

  /** The line without them. */
  public static String of(String line) {
    String named =
        NAMED.matcher(line).replaceAll(m -> Matcher.quoteReplacement(m.group(1)) + STARS);
    return TWELVE
        .matcher(named)
        .replaceAll(m -> isIndividual(m.group()) ? STARS.repeat(3) : m.group());
  }

  private static boolean isIndividual(String digits) {
    return CheckDigits.individual(digits.substring(0, 11)) == digits.charAt(11) - '0';
  }
}
