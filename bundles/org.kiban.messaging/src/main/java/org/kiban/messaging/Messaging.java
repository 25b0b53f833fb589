package org.kiban.messaging;

import java.util.Comparator;
import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Where commands find a municipality's queues. Made anew whenever one comes or goes. */
@Component(service = Messaging.class)
public final class Messaging {

  private final Municipalities municipalities;
  private final List<MunicipalMessaging> running;

  /** Takes the municipalities whose messaging runs now. */
  @Activate
  public Messaging(
      @Reference Municipalities municipalities,
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<MunicipalMessaging> running) {
    this.municipalities = municipalities;
    this.running = running;
  }

  /** The queues of every municipality whose messaging runs, by code. */
  public List<MunicipalQueues> all() {
    return running.stream()
        .sorted(Comparator.comparing(MunicipalMessaging::code))
        .map(MunicipalMessaging::queues)
        .toList();
  }

  /**
   * The queues of one municipality.
   *
   * @param code as an operator typed it
   * @throws KibanException if it is not one of this node, or its messaging does not run
   */
  public MunicipalQueues require(String code) {
    MunicipalityCode wanted = municipalities.require(code).code();
    return running.stream()
        .filter(m -> m.code().equals(wanted))
        .findFirst()
        .map(MunicipalMessaging::queues)
        .orElseThrow(() -> new KibanException(Outcome.FAILED, MessagingCode.NO_MESSAGING, wanted));
  }
}
