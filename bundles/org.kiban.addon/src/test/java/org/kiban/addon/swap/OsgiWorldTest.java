package org.kiban.addon.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.kiban.core.KibanException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** A container that is still starting takes add-ons later, not never. */
class OsgiWorldTest {

  private static final int NEEDED = 90;
  private static final String PLACE = "kiban-addon:jp.example.tea";

  private final AtomicInteger level = new AtomicInteger();
  private final AtomicInteger started = new AtomicInteger();

  @Test
  void waitsForTheLevelAtWhichAddonsRun() {
    Iterator<Integer> levels = List.of(85, 85, NEEDED).iterator();

    world(levels::next, Duration.ofSeconds(30)).start(PLACE);

    assertThat(started).hasValue(1);
  }

  @Test
  void saysSoWhenTheLevelNeverComes() {
    OsgiWorld world = world(() -> 85, Duration.ofMillis(50));

    assertThatThrownBy(() -> world.start(PLACE))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(SwapMessage.START_HANGS));
    assertThat(started).hasValue(0);
  }

  private OsgiWorld world(Supplier<Integer> levels, Duration limit) {
    Object needed = fake(BundleStartLevel.class, Map.of("getStartLevel", args -> NEEDED));
    Bundle addon =
        fake(
            Bundle.class,
            Map.of(
                "adapt", args -> needed,
                "getSymbolicName", args -> "jp.example.tea",
                "start", args -> start()));
    Object framework =
        fake(
            FrameworkStartLevel.class,
            Map.of(
                "getStartLevel",
                args -> {
                  level.set(levels.get());
                  return level.get();
                }));
    Bundle[] system = new Bundle[1];
    BundleContext context =
        fake(
            BundleContext.class,
            Map.of(
                "getBundle",
                args ->
                    args == null || args[0].equals(Constants.SYSTEM_BUNDLE_LOCATION)
                        ? system[0]
                        : addon));
    system[0] =
        fake(Bundle.class, Map.of("adapt", args -> framework, "getBundleContext", args -> context));
    return new OsgiWorld(context, new Patience(), limit, limit);
  }

  /** As the container does: a transient start below the level is refused. */
  private Object start() throws BundleException {
    if (level.get() < NEEDED) {
      throw new BundleException("start level");
    }
    started.incrementAndGet();
    return null;
  }

  /** What a fake answers. */
  @FunctionalInterface
  private interface Answer {
    Object to(Object[] args) throws Exception;
  }

  private static <T> T fake(Class<T> type, Map<String, Answer> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> answers.get(method.getName()).to(args)));
  }
}
