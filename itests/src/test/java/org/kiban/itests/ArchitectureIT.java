package org.kiban.itests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.shell.Flags;

/** Rules of design sections 1 and 3 on the classes of all bundles, each with its reason. */
@AnalyzeClasses(
    packages = "org.kiban",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureIT.OnlyBundles.class})
class ArchitectureIT {

  private static final Set<String> SHARED = Set.of("core", "shell", "platform");
  private static final Pattern CAPABILITY =
      Pattern.compile("org\\.kiban\\.(\\w+)(\\.api)?(\\..*)?");
  private static final String ACTIVATE = "org.osgi.service.component.annotations.Activate";

  /** Jars only: the tests' own classes lie in a folder. */
  static final class OnlyBundles implements ImportOption {
    @Override
    public boolean includes(com.tngtech.archunit.core.importer.Location location) {
      return !location.contains("/itests/");
    }
  }

  @ArchTest
  final ArchRule capabilitiesMeetThroughApis =
      classes()
          .should(onlyUseApisOfOthers())
          .because(
              "implementations can then be replaced, removed and restarted one by one; they meet"
                  + " through services of org.kiban.core or <capability>.api");

  @ArchTest
  final ArchRule coreStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("org.kiban.core..")
          .should()
          .dependOnClassesThat(ofOursOutside("core"))
          .because("everything stands on the core; a dependency back would tie all together");

  @ArchTest
  final ArchRule noMutableStatics =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat(areNotSynthetic())
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal()
          .because("a bundle may be started twice and municipalities share the class");

  @ArchTest
  final ArchRule slf4jOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .because("one log with codes; java.util.logging has a configuration of its own");

  @ArchTest
  final ArchRule noActivators =
      noClasses()
          .should()
          .implement("org.osgi.framework.BundleActivator")
          .because("life cycle is declared, not programmed (Declarative Services)");

  @ArchTest
  final ArchRule componentsGetServicesInTheConstructor =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage("..command..")
          .and()
          .doNotHaveModifier(JavaModifier.VOLATILE)
          .should()
          .beAnnotatedWith("org.osgi.service.component.annotations.Reference")
          .because(
              "a component whose fields are final is complete when it exists; volatile ones are"
                  + " services that may come and go while it works")
          .allowEmptyShould(true);

  @ArchTest
  final ArchRule activatedConstructorsArePublicApiOfTheComponentRuntimeOnly =
      constructors()
          .that()
          .areAnnotatedWith(ACTIVATE)
          .should()
          .bePublic()
          .because("the component runtime calls them from another bundle")
          .allowEmptyShould(true);

  @ArchTest
  final ArchRule optionsMayFollowArguments =
      classes()
          .that()
          .areAssignableTo("org.kiban.shell.KibanAction")
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .should()
          .beAnnotatedWith("org.apache.karaf.shell.api.action.Parsing")
          .because("Karaf alone refuses 'exchange:list 332020 --json'");

  @ArchTest
  final ArchRule optionsWithoutValueAreKnownToTheParser =
      fields()
          .that()
          .areAnnotatedWith("org.apache.karaf.shell.api.action.Option")
          .and()
          .haveRawType(boolean.class)
          .should(beOneOfTheFlags())
          .because("the parser must know that no value follows, to move options in front");

  private static ArchCondition<JavaField> beOneOfTheFlags() {
    return new ArchCondition<>("be one of org.kiban.shell.Flags") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        Object name =
            field
                .getAnnotationOfType("org.apache.karaf.shell.api.action.Option")
                .get("name")
                .orElse("");
        events.add(
            new SimpleConditionEvent(
                field, Flags.NAMES.contains(name), field.getFullName() + " is " + name));
      }
    };
  }

  @ArchTest
  final ArchRule nobodyEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.kiban.cli..")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .because("one municipality's trouble must not stop the others");

  @ArchTest
  final ArchRule commandsAreThin =
      noClasses()
          .that()
          .resideInAPackage("..command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.jms..")
          .because("logic belongs in the service, where it is tested");

  private static ArchCondition<JavaClass> onlyUseApisOfOthers() {
    return new ArchCondition<>("only use APIs of other capabilities") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        user.getDirectDependenciesFromSelf()
            .forEach(
                dependency -> {
                  JavaClass used = dependency.getTargetClass();
                  if (!mayUse(user.getPackageName(), used.getPackageName())) {
                    events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
                  }
                });
      }
    };
  }

  private static boolean mayUse(String user, String used) {
    Matcher from = CAPABILITY.matcher(user);
    Matcher to = CAPABILITY.matcher(used);
    if (!from.matches() || !to.matches()) {
      return true;
    }
    return SHARED.contains(to.group(1)) || to.group(1).equals(from.group(1)) || to.group(2) != null;
  }

  private static DescribedPredicate<JavaClass> ofOursOutside(String bundle) {
    return DescribedPredicate.describe(
        "are ours but outside " + bundle,
        type ->
            type.getPackageName().startsWith("org.kiban.")
                && !type.getPackageName().startsWith("org.kiban." + bundle));
  }

  private static DescribedPredicate<JavaClass> areNotSynthetic() {
    return DescribedPredicate.describe(
        "are not synthetic", type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC));
  }
}
