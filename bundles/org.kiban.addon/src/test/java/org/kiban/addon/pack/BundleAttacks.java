package org.kiban.addon.pack;

import static org.kiban.addon.pack.HostilePackagesTest.attack;
import static org.kiban.addon.pack.HostilePackagesTest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kiban.addon.pack.HostilePackagesTest.Attack;

/** Signed by the vendor, but reaching for what is not its own: inside bundles. */
final class BundleAttacks {

  private static final String COMPONENT = "OSGI-INF/x.xml";

  /** Name, code, header, value. */
  private static final String HEADERS =
      """
      symbolic name of the node | FOREIGN_NAME | Bundle-SymbolicName | org.kiban.security
      symbolic name of another vendor | FOREIGN_NAME | Bundle-SymbolicName | jp.other.probe
      symbolic name of another add-on | FOREIGN_NAME | Bundle-SymbolicName | jp.example.probes
      symbolic name that is a path | FOREIGN_NAME | Bundle-SymbolicName | jp.example.probe/../../x
      symbolic name that climbs | FOREIGN_NAME | Bundle-SymbolicName | jp.example.probe./../x
      no symbolic name | WRONG_BUNDLE | Bundle-SymbolicName | ;
      old bundle manifest | WRONG_BUNDLE | Bundle-ManifestVersion | 1
      wrong bundle version | WRONG_BUNDLE | Bundle-Version | one
      quote that does not end | WRONG_BUNDLE | Export-Package | x;version="1
      header twice | WRONG_BUNDLE | bundle-symbolicname | org.kiban.core
      line that is no header | WRONG_BUNDLE | x y | z
      exports the node's packages | FOREIGN_PACKAGE | Export-Package | org.kiban.core;version=9
      exports OSGi | FOREIGN_PACKAGE | Export-Package | org.osgi.framework
      exports Java | FOREIGN_PACKAGE | Export-Package | javax.crypto
      exports a library | FOREIGN_PACKAGE | Export-Package | jp.example.probe.a,com.fasterxml.jackson.core
      class path into a folder | FORBIDDEN_HEADER | Bundle-ClassPath | .,hidden
      dynamic import of everything | FORBIDDEN_HEADER | DynamicImport-Package | *
      dynamic import of the node | FORBIDDEN_HEADER | DynamicImport-Package | org.kiban.*
      fragment of the framework | FORBIDDEN_HEADER | Fragment-Host | system.bundle;extension:=framework
      fragment of the node | FORBIDDEN_HEADER | Fragment-Host | org.kiban.platform.camel
      fragment of another add-on | FORBIDDEN_HEADER | Fragment-Host | jp.example.probe.other
      requires a bundle of the node | FORBIDDEN_HEADER | Require-Bundle | org.kiban.security
      native code | FORBIDDEN_HEADER | Bundle-NativeCode | lib/x.so;osname=Linux
      updates from elsewhere | FORBIDDEN_HEADER | Bundle-UpdateLocation | https://example.jp/x.jar
      shell commands | FORBIDDEN_HEADER | Karaf-Commands | jp.example.probe
      Java agent | FORBIDDEN_HEADER | Launcher-Agent-Class | jp.example.probe.Agent
      component file elsewhere | FORBIDDEN_HEADER | Service-Component | hidden/x.xml
      pretends to be a contract | FORBIDDEN_HEADER | Provide-Capability | osgi.contract;osgi.contract=JakartaServlet
      pretends to be an extender | FORBIDDEN_HEADER | Provide-Capability | osgi.extender;osgi.extender="osgi.component"
      announces a service of the node | FORBIDDEN_SERVICE | Provide-Capability | osgi.service;objectClass:List<String>="org.kiban.core.keys.Keys"
      imports keys | FORBIDDEN_IMPORT | Import-Package | org.kiban.core.keys
      imports an implementation | FORBIDDEN_IMPORT | Import-Package | org.kiban.security
      imports framework hooks | FORBIDDEN_IMPORT | Import-Package | org.osgi.framework.hooks.resolver
      imports the broker | FORBIDDEN_IMPORT | Import-Package | org.apache.activemq.artemis.core.server
      imports messaging without an address | UNDECLARED_USE | Import-Package | jakarta.jms
      imports the configuration | FORBIDDEN_IMPORT | Import-Package | org.osgi.service.cm
      imports the features service | FORBIDDEN_IMPORT | Import-Package | org.slf4j,org.apache.karaf.features;resolution:=optional
      imports an API that it does not require | UNDECLARED_API | Import-Package | org.kiban.exchange.api
      """;

  /** Name, code, attributes of the component, its children. */
  private static final String COMPONENTS =
      """
      component that offers keys | FORBIDDEN_SERVICE | name="jp.example.probe.P" | <provide interface="org.kiban.core.keys.Keys"/>
      component that offers log-ins | FORBIDDEN_SERVICE | name="jp.example.probe.P" | <provide interface="org.apache.karaf.jaas.config.JaasRealm"/>
      component that offers a servlet | FORBIDDEN_SERVICE | name="jp.example.probe.P" | <provide interface="jakarta.servlet.Servlet"/>
      component that reads the node's configuration | UNDECLARED_USE | name="jp.example.probe.P" configuration-pid="$ org.kiban.security" | <x/>
      component under another's name | UNDECLARED_USE | name="org.kiban.http" | <x/>
      component that is no XML | WRONG_BUNDLE | name="x" name="y" | <x/>
      """;

  private BundleAttacks() {}

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>(content());
    for (String[] row : HostilePackagesTest.rows(HEADERS)) {
      all.add(attack(row[0], PackMessage.valueOf(row[1]), f -> f.header(row[2], row[3])));
    }
    for (String[] row : HostilePackagesTest.rows(COMPONENTS)) {
      String xml =
          "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" %s>%s</scr:component>";
      all.add(
          attack(
              row[0],
              PackMessage.valueOf(row[1]),
              f -> f.inJar(COMPONENT, text(xml.formatted(row[2], row[3])))));
    }
    return all;
  }

  private static List<Attack> content() {
    byte[] some = new byte[9];
    byte[] library = Forge.jar("", Map.of("org/osgi/framework/Bundle.class", some));
    return List.of(
        foreign("classes of the node", "org/kiban/core/KibanException.class", some),
        foreign("classes of the node for 11", "META-INF/versions/11/org/kiban/core/X.class", some),
        foreign("classes of the node in a library", "lib/x.jar", library),
        foreign("classes of Java", "java/lang/String.class", some),
        attack(
            "component file with a document type",
            PackMessage.WRONG_BUNDLE,
            f ->
                f.inJar(
                    COMPONENT,
                    text("<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><x>&y;</x>"))),
        attack(
            "a second manifest",
            PackMessage.WRONG_BUNDLE,
            f -> f.inJar("META-INF/versions/17/OSGI-INF/MANIFEST.MF", text("Import-Package: x"))),
        attack(
            "no manifest",
            PackMessage.WRONG_BUNDLE,
            f -> f.jar = jar -> RawZip.of(Map.of("x", some)).toBytes()),
        attack("zip-slip in a bundle", PackMessage.WRONG_NAME, f -> f.inJar("../../x.class", some)),
        attack(
            "case clash in a bundle",
            PackMessage.DUPLICATE,
            f -> f.inJar("META-INF/manifest.mf", some)));
  }

  private static Attack foreign(String name, String path, byte[] content) {
    return attack(name, PackMessage.FOREIGN_PACKAGE, f -> f.inJar(path, content));
  }
}
