package org.kiban.itests.inside;

import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.replaceConfigurationFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kiban.itests.Distribution;
import org.kiban.itests.NodeProcess;
import org.ops4j.pax.exam.Option;

/** The distribution as Pax Exam starts it: one municipality, and ports of its own. */
final class Inside {

  private static final String MUNICIPALITY =
      """
      {"code": "332020", "name": "倉敷市", "site": "chosha", "environment": "production",
       "capabilities": ["messaging", "exchange"]}
      """;

  private Inside() {}

  static Option[] distribution() {
    List<Option> options = new ArrayList<>();
    options.add(
        karafDistributionConfiguration()
            .frameworkUrl(Distribution.archive().toUri().toString())
            .name("Kiban")
            .karafVersion(System.getProperty("karaf.version"))
            .unpackDirectory(Distribution.work().resolve("inside").toFile())
            .useDeployFolder(false));
    options.add(configureConsole().ignoreLocalConsole());
    options.add(doNotModifyLogConfiguration());
    options.add(vmOption("-Xmx384m"));
    options.add(vmOption("-Dfile.encoding=UTF-8"));
    // Pax Exam's own bundles come from the build's repository; the node as shipped has none.
    options.add(
        editConfigurationFilePut(
            "etc/org.ops4j.pax.url.mvn.cfg",
            "org.ops4j.pax.url.mvn.localRepository",
            System.getProperty("maven.repository")));
    NodeProcess node = NodeProcess.create("inside");
    node.configure("org.kiban.municipality~332020.cfg.json", MUNICIPALITY);
    try (Stream<Path> files = Files.list(node.etc())) {
      files.forEach(
          file ->
              options.add(replaceConfigurationFile("etc/" + file.getFileName(), file.toFile())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return options.toArray(Option[]::new);
  }
}
