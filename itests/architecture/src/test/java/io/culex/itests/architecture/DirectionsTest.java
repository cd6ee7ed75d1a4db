// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom (docs/DESIGN.md, section 1). Every arrow ends at api; what is not named here may use api alone. */
class DirectionsTest {
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("core", Set.of("api", "codec", "transport")),
            Map.entry("transport.tls", Set.of("api", "transport", "security.file", "security.tls")),
            Map.entry("transport.websocket", Set.of("api", "transport")),
            Map.entry("transport.http", Set.of("api", "transport")),
            Map.entry("transport.proxy", Set.of("api", "transport")),
            Map.entry("auth.passwordfile", Set.of("api", "security.file", "security.hash")),
            Map.entry("auth.aclfile", Set.of("api", "security.file")),
            Map.entry("auth.dynsec", Set.of("api", "security.file", "security.hash")),
            Map.entry("metrics.prometheus", Set.of("api", "metrics.export", "security.tls")),
            Map.entry("metrics.influxdb", Set.of("api", "metrics.export")),
            Map.entry("metrics.otlp", Set.of("api", "metrics.export")),
            Map.entry("metrics.jmx", Set.of("api", "metrics.export")),
            Map.entry("bridge", Set.of("api", "codec", "transport")),
            Map.entry("cli", Set.of("api", "codec", "security.hash", "security.tls", "auth.dynsec")));
    private static final Predicate<String> MAY_USE_NETTY = bundle ->
            Set.of("codec", "core", "bridge", "cli", "security.tls").contains(bundle) || bundle.startsWith("transport");
    private static final Predicate<String> MAY_USE_KARAF =
            bundle -> Set.of("shell", "auth.jaas").contains(bundle) || bundle.startsWith("gateway");

    static List<String> bundles() {
        return House.bundles();
    }

    @Test
    void theHouseIsBuilt() {
        assertTrue(House.bundles().containsAll(List.of("api", "codec", "transport", "core", "config")));
        assertTrue(House.allClasses().size() > 100);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyClassIsInThePackageOfItsBundle(String bundle) {
        for (JavaClass type : House.classes(bundle)) {
            assertEquals(bundle, House.bundleOf(type), type.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void everyBundleUsesOnlyWhatItMay(String bundle) {
        Set<String> allowed = MAY_USE.getOrDefault(bundle, Set.of("api"));
        Set<String> used = new TreeSet<>();
        for (JavaClass type : House.classes(bundle)) {
            others(bundle, type)
                    .filter(other -> !allowed.contains(other))
                    .forEach(other -> used.add(type.getName() + " -> " + other));
        }
        assertEquals(Set.of(), used);
    }

    /** The bundles whose classes the class uses, as often as it does. */
    private static Stream<String> others(String bundle, JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> House.bundleOf(dependency.getTargetClass().getBaseComponentType()))
                .filter(other -> !other.isEmpty() && !other.equals(bundle));
    }

    /** A permission that nobody needs any more would let the next one through unseen. */
    @Test
    void everyPermissionIsNeeded() {
        Set<String> unused = new TreeSet<>();
        MAY_USE.forEach((bundle, allowed) -> {
            Set<String> used = new TreeSet<>(Set.of("api"));
            House.classes(bundle).forEach(type -> others(bundle, type).forEach(used::add));
            allowed.stream()
                    .filter(other -> !used.contains(other))
                    .forEach(other -> unused.add(bundle + " -> " + other));
        });
        assertEquals(Set.of(), unused);
    }

    @Test
    void noBundlesUseEachOtherInACircle() {
        slices().assignedFrom(by("bundle", House::bundleOf))
                .should()
                .beFreeOfCycles()
                .check(House.allClasses());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void noPackagesOfABundleUseEachOtherInACircle(String bundle) {
        slices().assignedFrom(by("package", JavaClass::getPackageName))
                .should()
                .beFreeOfCycles()
                .check(House.classes(bundle));
    }

    private static SliceAssignment by(String what, Function<JavaClass, String> part) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(part.apply(type));
            }

            @Override
            public String getDescription() {
                return "every " + what;
            }
        };
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void nothingDependsOnCore(String bundle) {
        if (!bundle.equals("core")) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.culex.core..")
                    .check(House.classes(bundle));
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void nettyStaysInTheBundlesOfTheWire(String bundle) {
        if (!MAY_USE_NETTY.test(bundle)) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty..")
                    .check(House.classes(bundle));
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void karafAndJaasStayInShellAndGateways(String bundle) {
        if (!MAY_USE_KARAF.test(bundle)) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.karaf..", "javax.security.auth.login..", "javax.security.auth.spi..")
                    .check(House.classes(bundle));
        }
    }

    @Test
    void apiUsesTheJdkAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "io.culex.api..", "java..", "javax.net..", "org.jspecify..", "org.osgi.annotation..")
                .check(House.classes("api"));
    }

    /** These classes of config run without a framework, too: from the class path of the launcher. */
    @Test
    void whatTheLauncherUsesNeedsNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.culex.config.commandline..",
                        "io.culex.config.file..",
                        "io.culex.config.plugin..",
                        "io.culex.config.settings..",
                        "io.culex.config.view..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.osgi..")
                .check(House.classes("config"));
    }

    @Test
    void declarativeServicesWireEverything() {
        JavaClasses all = House.allClasses();
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.osgi.framework.BundleActivator")
                .check(all);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.osgi.util.tracker..")
                .check(all);
    }
}
