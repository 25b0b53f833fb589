package org.kiban.route.desk;

import java.util.Map;

/**
 * A message that a route sent to a stub.
 *
 * @param endpoint where to, without options: {@code sftp:10.0.0.5:22/in}
 * @param body as the route made it
 * @param text the body as a text, or null if it has none
 * @param headers Camel's own among them
 */
public record Sent(String endpoint, Object body, String text, Map<String, Object> headers) {}
