package org.kiban.route.api;

/** How far a route file has come. */
public enum RouteState {
  /** Read and found right; its turn to start has not come. */
  CHECKED,
  /** Being built or started. */
  STARTING,
  /** Takes in and passes on. */
  RUNNING,
  /** Takes in nothing more and finishes what is in flight. */
  DRAINING,
  /** Stands still because an operator said so. */
  STOPPED,
  /** Does not run although it should; tried again at the next change or start. */
  FAILED,
  /** Was found wrong, and no earlier version is there to run instead. */
  REFUSED
}
