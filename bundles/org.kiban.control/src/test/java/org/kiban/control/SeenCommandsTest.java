package org.kiban.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.junit.jupiter.api.Test;

class SeenCommandsTest {

  private boolean there = true;
  private long waited;

  private final SeenCommands seen = new SeenCommands(this::pass);
  private final Command list =
      proxy(Command.class, (method, args) -> method.equals("getScope") ? "update" : "list");
  private final Registry registry =
      proxy(
          Registry.class,
          (method, args) ->
              switch (method) {
                case "getCommands" -> there ? List.of(list) : List.of();
                default ->
                    there && args[0].equals("update") && args[1].equals("list") ? list : null;
              });

  private long backAfterMs = Long.MAX_VALUE;

  private void pass(long ms) {
    waited += ms;
    there = waited >= backAfterMs;
  }

  @Test
  void oneThatIsThereIsNotWaitedFor() throws Exception {
    seen.await(registry, "update:list --json");

    assertThat(waited).isZero();
  }

  @Test
  void oneThatWasThereIsWaitedFor() throws Exception {
    // given
    seen.await(registry, "update:list");
    there = false;
    backAfterMs = 300;

    // when
    seen.await(registry, " update:list --json");

    // then
    assertThat(waited).isEqualTo(300);
  }

  @Test
  void oneThatStaysAwayIsGivenUpAfterFiveSeconds() throws Exception {
    seen.await(registry, "update:list");
    there = false;

    seen.await(registry, "update:list");

    assertThat(waited).isEqualTo(5_000);
  }

  @Test
  void oneThatNeverWasIsNotWaitedFor() throws Exception {
    seen.await(registry, "update:lst");
    seen.await(registry, "help");
    seen.await(registry, "");

    assertThat(waited).isZero();
  }

  @Test
  void oneThatWentBetweenTheLookAndTheCallIsCalledOnceMore() throws Exception {
    // given
    seen.await(registry, "update:list");
    there = false;
    backAfterMs = 200;

    // when, then
    assertThat(seen.isBack(registry, "update:list", new CommandNotFoundException())).isTrue();
    assertThat(waited).isEqualTo(200);
  }

  @Test
  void whatMayHaveRunInPartIsNotCalledAgain() throws Exception {
    seen.await(registry, "update:list");

    assertThat(seen.isBack(registry, "update:list; x:y", new CommandNotFoundException())).isFalse();
    assertThat(seen.isBack(registry, "update:list", new IOException())).isFalse();
    assertThat(seen.isBack(registry, "update:lst", new CommandNotFoundException())).isFalse();
    assertThat(waited).isZero();
  }

  /** As the shell's own is named. */
  private static final class CommandNotFoundException extends Exception {}

  private interface Answers {
    Object to(String method, Object[] args);
  }

  private static <T> T proxy(Class<T> type, Answers answers) {
    return type.cast(
        Proxy.newProxyInstance(
            SeenCommandsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> answers.to(method.getName(), args)));
  }
}
