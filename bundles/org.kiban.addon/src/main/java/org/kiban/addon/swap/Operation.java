package org.kiban.addon.swap;

/** What an operator does with an add-on. */
public enum Operation {
  /** It was not there before. */
  INSTALL,
  /** Another version was there. */
  UPDATE,
  /** A newer version is there, and this one was before. */
  RETURN,
  /** It is not there afterwards. */
  REMOVE
}
