package org.kiban.exchange.engine;

import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;

/** A way to another machine, as far as it is the same in every test. */
abstract class FarOutbound implements Outbound {

  @Override
  public final boolean distant() {
    return true;
  }

  @Override
  public final void sync() {
    // Nothing to be done.
  }

  @Override
  public final byte[] lying(Parcel parcel) {
    return null;
  }

  @Override
  public final String place(Parcel parcel) {
    return "far away";
  }

  @Override
  public void close() {
    // Nothing to be done.
  }
}
