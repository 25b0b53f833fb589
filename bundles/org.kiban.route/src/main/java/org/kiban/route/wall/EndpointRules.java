package org.kiban.route.wall;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.util.StringHelper;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Judges endpoints before they are made: which components there are, whom they may reach and which
 * options routes may not set. What an endpoint does later is held by the components themselves.
 */
final class EndpointRules {

  /** The components of routes. */
  static final Set<String> COMPONENTS =
      Set.of(
          "aws2-s3",
          "crypto",
          "dataformat",
          "direct",
          "file",
          "ftp",
          "ftps",
          "http",
          "https",
          "imap",
          "imaps",
          "jdbc",
          "jms",
          "log",
          "platform-http",
          "pop3",
          "pop3s",
          "quartz",
          "rest",
          "scheduler",
          "seda",
          "sftp",
          "sjms",
          "sjms2",
          "smtp",
          "smtps",
          "sql",
          "timer",
          "validator",
          "xslt");

  private static final Set<String> JMS = Set.of("jms", "sjms", "sjms2");
  private static final Set<String> FTP = Set.of("ftp", "ftps", "sftp");
  private static final Set<String> HTTP = Set.of("http", "https");
  private static final Set<String> MAIL = Set.of("imap", "imaps", "pop3", "pop3s", "smtp", "smtps");

  /** Options of any component that take a strange class, file, proxy or trust. */
  private static final Pattern NEVER =
      Pattern.compile(
          "(?i)proxy.*|.*SystemProperties|sslContextParameters|.*Class|.*ClassName|.*FactoryClass"
              + "|privateKeyFile|knownHostsFile|localWorkDirectory|keystore.*|trustAll.*"
              + "|transferException|transferExchange|allowSerialized.*|objectMessage.*"
              + "|.*JavaSerialized.*|oauth.*|useUserKnownHostsFile|exchangeFormatter"
              + "|use(Default|Profile)CredentialsProvider|profileCredentialsName|accelerateMode.*"
              + "|allowTemplateFromHeader|jndi.*|.*Presigner|resourceResolver.*|uriResolver"
              + "|entityResolver|template");

  /**
   * Options that could switch a guard off, or on what has none, with the values they may have: what
   * Camel takes for a forbidden one is not to be guessed. Names as {@link #plain} gives them.
   */
  private static final Map<String, Set<String>> ONLY_SO =
      Map.of(
          "jailstartingdirectory", Set.of("true"),
          "secureprocessing", Set.of("true"),
          "output", Set.of("string", "bytes", "dom"),
          "jmsmessagetype", Set.of("bytes", "map", "stream", "text"),
          "muteexception", Set.of("true"),
          "allowunmarshalltype", Set.of("false"),
          "allowjmstype", Set.of("false"));

  private final Grounds grounds;
  private final Beans beans;

  EndpointRules(Grounds grounds, Beans beans) {
    this.grounds = grounds;
    this.beans = beans;
  }

  /**
   * Judges an endpoint.
   *
   * @param scheme the component
   * @param rest what stands between scheme and options, without slashes before it
   * @param options as the component will see them
   * @throws KibanException (refused) if it is forbidden
   */
  void judge(String scheme, String rest, Map<String, Object> options) {
    if (!COMPONENTS.contains(scheme)) {
      throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_COMPONENT, scheme);
    }
    Map<String, Object> plain = new HashMap<>();
    options.forEach(
        (option, value) -> {
          option(scheme, option, String.valueOf(value));
          // Twice in two spellings: which one Camel takes is not to be known.
          if (plain.put(plain(option), value) != null) {
            throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_OPTION, option, scheme);
          }
        });
    judgePlain(scheme, rest, plain);
  }

  /** The name of an option as Camel compares it: {@code reply-to} and {@code REPLYTO} are one. */
  private static String plain(String option) {
    return option.replace("-", "").toLowerCase(Locale.ROOT);
  }

  private void judgePlain(String scheme, String rest, Map<String, Object> options) {
    if (scheme.equals("file")) {
      grounds.folders().inside(rest);
    } else if (JMS.contains(scheme)) {
      jms(rest, options);
    } else if (scheme.equals("aws2-s3")) {
      s3(options);
    } else if (FTP.contains(scheme) || MAIL.contains(scheme)) {
      peer(scheme, rest, options);
    } else if (HTTP.contains(scheme)) {
      peer(rest.matches("https?://.*") ? StringHelper.before(rest, ":") : scheme, rest, options);
    }
  }

  private void option(String scheme, String option, String value) {
    boolean nested =
        option.indexOf('.') >= 0 && !(scheme.equals("quartz") && option.startsWith("trigger."))
            || option.indexOf('[') >= 0;
    Set<String> good = ONLY_SO.get(plain(option));
    if (nested
        || NEVER.matcher(plain(option)).matches()
        || good != null && !good.contains(value.toLowerCase(Locale.ROOT))
        || value.startsWith("#") && !beans.knows(value.substring(1))) {
      throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_OPTION, option, scheme);
    }
  }

  private void jms(String rest, Map<String, Object> options) {
    for (String option : List.of("username", "password", "connectionfactory")) {
      if (options.containsKey(option)) {
        throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_OPTION, option, "jms");
      }
    }
    if (!rest.matches("temp-?[qQt].*")) {
      grounds.requireOwn(rest.replaceFirst("^(queue|topic):/*", ""));
    }
    for (String option : List.of("replyto", "replytooverride", "clientid")) {
      if (options.get(option) instanceof String address) {
        grounds.requireOwn(address.replaceFirst("^(queue|topic):/*", ""));
      }
    }
  }

  private void s3(Map<String, Object> options) {
    Object override = options.get("uriendpointoverride");
    URI uri = URI.create(override == null ? "https://s3.amazonaws.com" : override.toString());
    if (uri.getHost() == null) {
      throw new KibanException(
          Outcome.REFUSED, WallMessage.FORBIDDEN_PEER, uri.toString(), grounds.code());
    }
    grounds.peers().require(uri.getScheme(), uri.getHost(), uri.getPort());
  }

  private void peer(String scheme, String rest, Map<String, Object> options) {
    String address = rest.replaceFirst("^https?:/*", "").replaceFirst("^/+", "");
    String authority = address.replaceFirst("[/?#].*$", "");
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    String host = hostAndPort.replaceFirst(":[0-9]*$", "");
    String port = hostAndPort.substring(host.length()).replace(":", "");
    for (String option : List.of("host", "port")) {
      if (options.containsKey(option)) {
        throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_OPTION, option, scheme);
      }
    }
    grounds.peers().require(scheme, host, port.isEmpty() ? 0 : Integer.parseInt(port));
  }
}
