package org.kiban.update;

import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Where commands find update management, while a municipality asks for one. Goes while management
 * takes over a changed configuration, and the commands with it: whoever calls one waits, and is not
 * told that updates are not managed.
 */
@Component(service = Updates.class)
public final class Updates {

  private final BundleContext context;
  private final boolean asked;
  private final ServiceReference<Updater> updater;

  /** Takes management, which is begun only when it is asked for. */
  @Activate
  public Updates(
      BundleContext context,
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<Asking> asking,
      @Reference(service = Updater.class) ServiceReference<Updater> updater) {
    this.context = context;
    this.asked = !asking.isEmpty();
    this.updater = updater;
  }

  /**
   * The desk.
   *
   * @throws KibanException if no municipality of this node lists the capability, or its
   *     configuration cannot be used
   */
  public Desk desk() {
    if (!asked) {
      throw new KibanException(Outcome.FAILED, UpdateCode.NOT_MANAGED);
    }
    Updater managing = context.getService(updater);
    if (managing == null) {
      throw new KibanException(Outcome.FAILED, UpdateCode.CHANGING);
    }
    try {
      return managing.desk();
    } finally {
      context.ungetService(updater);
    }
  }
}
