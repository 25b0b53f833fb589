package org.kiban.route.wall;

import org.kiban.core.MessageCode;

/** What the wall around routes and their check say to operators: codes 200 to 399. */
public enum WallMessage implements MessageCode {
  /** {0} component. */
  FORBIDDEN_COMPONENT("KBN-ROUTE-200"),
  /** {0} path, {1} municipality. */
  FORBIDDEN_FOLDER("KBN-ROUTE-201"),
  /** {0} address, {1} municipality. */
  FORBIDDEN_ADDRESS("KBN-ROUTE-202"),
  /** {0} host and port, {1} municipality. */
  FORBIDDEN_PEER("KBN-ROUTE-203"),
  /** {0} option, {1} component. */
  FORBIDDEN_OPTION("KBN-ROUTE-204"),
  /** {0} language. */
  FORBIDDEN_LANGUAGE("KBN-ROUTE-205"),
  /** {0} class. */
  FORBIDDEN_CLASS("KBN-ROUTE-206"),
  /** {0} the function or property. */
  FORBIDDEN_EXPRESSION("KBN-ROUTE-207"),
  /** {0} address of the resource. */
  FORBIDDEN_RESOURCE("KBN-ROUTE-208"),
  /** {0} element of the language for routes. */
  FORBIDDEN_STEP("KBN-ROUTE-209"),
  /** {0} secret, {1} municipality. */
  NO_SECRET("KBN-ROUTE-210"),
  /** {0} what was asked of the registry of partners, {1} municipality. */
  NO_PARTNER("KBN-ROUTE-211"),
  /** {0} name, {1} municipality. */
  NO_FOLDER("KBN-ROUTE-212"),
  /** {0} the entry, {1} municipality. */
  WRONG_MOUNT("KBN-ROUTE-213"),
  /** {0} municipality. */
  NO_MESSAGING("KBN-ROUTE-214"),
  /** {0} data format. */
  FORBIDDEN_DATA_FORMAT("KBN-ROUTE-215"),
  /** {0} placeholder. */
  NO_PLACEHOLDER("KBN-ROUTE-216"),
  /** {0} path of HTTP. */
  HTTP_TAKEN("KBN-ROUTE-217"),
  /** {0} what the parser says. */
  SYNTAX("KBN-ROUTE-220"),
  /** {0} options, {1} endpoint. */
  UNKNOWN_OPTION("KBN-ROUTE-222"),
  /** {0} bean. */
  MISSING_BEAN("KBN-ROUTE-223"),
  /** {0} id, {1} where it is used already. */
  ID_CLASH("KBN-ROUTE-224"),
  /** {0} what is wrong, in the words of Camel. */
  WRONG("KBN-ROUTE-225"),
  /** A file without a route. */
  EMPTY("KBN-ROUTE-226"),
  /** Advice: readLock=changed is slow. */
  SLOW_READ_LOCK("KBN-ROUTE-240"),
  /** Advice: charset= stays on the exchange. */
  STICKY_CHARSET("KBN-ROUTE-241"),
  /** Advice: headers do not travel over JMS. */
  HEADERS_OVER_JMS("KBN-ROUTE-242"),
  /** Advice: {0} a secret in a URI without RAW(). */
  BARE_SECRET("KBN-ROUTE-243"),
  /** Advice: bodies in the log. */
  BODY_IN_LOG("KBN-ROUTE-244"),
  /** Advice: {0} component that keeps messages in memory only. */
  ONLY_IN_MEMORY("KBN-ROUTE-245"),
  /** Advice: the host key of SFTP is not checked. */
  UNKNOWN_HOST_KEY("KBN-ROUTE-246");

  private final String code;

  WallMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
