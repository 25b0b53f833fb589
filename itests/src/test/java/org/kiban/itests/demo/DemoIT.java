package org.kiban.itests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kiban.itests.Shell;

/** The demonstration is shown to newcomers; here it is seen to hold before they see it. */
class DemoIT {

  @Test
  void holdsInEveryStep() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    for (String name : List.of("kiban.distribution", "kiban.version", "kiban.sources")) {
      command.add("-D" + name + "=" + System.getProperty(name));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Demo.class.getName()));

    // A process of its own: it keeps its files away from those of the tests.
    String shown = Shell.run(command).expect(0).out();

    assertThat(shown).contains("12 / 12");
  }
}
