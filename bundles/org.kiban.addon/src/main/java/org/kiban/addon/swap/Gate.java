package org.kiban.addon.swap;

/** Decides whether a swap may stay. Used by one thread at a time. */
interface Gate {

  /** How everything is before a swap. */
  interface Before {

    /**
     * Waits until an add-on is well, has been for a while, and the node is no worse than before.
     *
     * @throws org.kiban.core.KibanException if it turns out bad, or is not well in time
     */
    void judge(Addon addon);
  }

  /** Notes how everything is. */
  Before before();
}
