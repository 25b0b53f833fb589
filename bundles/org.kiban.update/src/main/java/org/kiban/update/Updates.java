package org.kiban.update;

import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Where commands find update management, while a municipality asks for one. */
@Component(service = Updates.class)
public final class Updates {

  private final List<UpdateHealth> asking;

  /** Takes those who ask. */
  @Activate
  public Updates(
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<UpdateHealth> asking) {
    this.asking = List.copyOf(asking);
  }

  /**
   * The desk.
   *
   * @throws KibanException if no municipality of this node lists the capability, or its
   *     configuration cannot be used
   */
  public Desk desk() {
    if (asking.isEmpty()) {
      throw new KibanException(Outcome.FAILED, UpdateCode.NOT_MANAGED);
    }
    return asking.get(0).updater().desk();
  }
}
