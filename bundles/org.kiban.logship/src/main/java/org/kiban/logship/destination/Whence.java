package org.kiban.logship.destination;

import org.kiban.logship.ship.Origin;

/**
 * The node and the source that events come from first. For events that were received from another
 * node, an origin's source is {@code <node>/<source>}; so whatever names them is the same by every
 * way that they take.
 *
 * @param node the node's name
 * @param source what that node calls the source
 */
public record Whence(String node, String source) {

  /**
   * Where events come from.
   *
   * @param own this node's name
   */
  public static Whence of(Origin origin, String own) {
    int slash = origin.source().indexOf('/');
    return slash < 0
        ? new Whence(own, origin.source())
        : new Whence(origin.source().substring(0, slash), origin.source().substring(slash + 1));
  }

  /** As an origin's source on a node that received it. */
  public String received() {
    return node + '/' + source;
  }
}
