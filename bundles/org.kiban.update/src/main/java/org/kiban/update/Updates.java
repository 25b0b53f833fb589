package org.kiban.update;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
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

  /** Management is back within a second or two, unless the node is very busy. */
  private static final int LOOKS = 100;

  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final BundleContext context;
  private final boolean asked;

  /**
   * Begins nothing: management does when it is asked for.
   *
   * @param updater has the commands wait for it; each question looks for it anew, since it may have
   *     been replaced
   */
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
  }

  /**
   * What the desk answers. A command that was called just before management takes over a changed
   * configuration waits for the new one, at most 10 s.
   *
   * @param question is asked once
   * @throws KibanException if no municipality of this node lists the capability, or its
   *     configuration cannot be used; or what the desk throws
   */
  public <T> T ask(Function<Desk, T> question) {
    if (!asked) {
      throw new KibanException(Outcome.FAILED, UpdateCode.NOT_MANAGED);
    }
    for (int look = 1; ; look++) {
      try {
        return once(question);
      } catch (KibanException e) {
        if (e.code() != UpdateCode.CHANGING || look == LOOKS) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
  }

  /** Like {@link #ask}, where nothing is answered. */
  public void tell(Consumer<Desk> order) {
    ask(
        desk -> {
          order.accept(desk);
          return null;
        });
  }

  private <T> T once(Function<Desk, T> question) {
    ServiceReference<Updater> updater = context.getServiceReference(Updater.class);
    Updater managing = updater == null ? null : context.getService(updater);
    if (managing == null) {
      throw new KibanException(Outcome.FAILED, UpdateCode.CHANGING);
    }
    try {
      return managing.ask(question);
    } finally {
      context.ungetService(updater);
    }
  }
}
