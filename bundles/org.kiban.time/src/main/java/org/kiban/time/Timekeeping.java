package org.kiban.time;

import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Where commands find the keeper of time, while a municipality asks for one. */
@Component(service = Timekeeping.class)
public final class Timekeeping {

  private final List<TimeHealth> asking;

  /** Takes those who ask. */
  @Activate
  public Timekeeping(
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<TimeHealth> asking) {
    this.asking = List.copyOf(asking);
  }

  /**
   * The keeper.
   *
   * @throws KibanException if no municipality of this node lists the capability
   */
  public TimeKeeper keeper() {
    if (asking.isEmpty()) {
      throw new KibanException(Outcome.FAILED, TimeCode.NOT_WATCHED);
    }
    return asking.get(0).keeper();
  }
}
