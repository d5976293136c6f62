package io.legion.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Who may know whom. The implementations know the specifications and never each other; only programs choose.
final class DependencyDirectionTest {

    private static final Set<String> SPECIFICATIONS = Set.of("core", "service", "runtime");
    private static final Set<String> ALL = Set.of("*");

    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("core", Set.of()),
            Map.entry("service", Set.of()),
            Map.entry("runtime", Set.of("core", "service")),
            Map.entry("contracts", SPECIFICATIONS),
            Map.entry("store-rocksdb", SPECIFICATIONS),
            Map.entry("store-postgres", SPECIFICATIONS),
            Map.entry("cluster-jgroups", SPECIFICATIONS),
            Map.entry("admin", SPECIFICATIONS),
            Map.entry("simulation", SPECIFICATIONS),
            Map.entry("discovery", ALL),
            Map.entry("command", ALL),
            Map.entry("benchmarks", ALL));

    private static final Modules MODULES = Modules.ofThisProject();

    @Test
    void everyModuleHasItsPlaceInTheArchitecture() {
        assertThat(MODULES.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(MAY_KNOW)
                        .as("say in MAY_KNOW whom the module %s may know, and in design/architecture.md why", name)
                        .containsKey(name));
    }

    @Test
    void everyClassIsInThePackageOfItsModule() {
        assertThat(MODULES.classes())
                .isNotEmpty()
                .allSatisfy(type ->
                        assertThat(MODULES.moduleOf(type)).as(type.getName()).isNotEmpty());
    }

    @Test
    void eachModuleKnowsOnlyThoseItMayKnow() {
        var broken = new TreeSet<String>();
        for (var type : MODULES.classes()) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                if (!isAllowed(dependency)) {
                    broken.add(dependency.getDescription());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theTestModulesAreBuiltAfterAllTheOthers() {
        assertThat(Modules.inTheRootPom()).endsWith("documentation", "architecture");
    }

    private static boolean isAllowed(Dependency dependency) {
        var from = MODULES.moduleOf(dependency.getOriginClass());
        var to = MODULES.moduleOf(dependency.getTargetClass());
        var allowed = MAY_KNOW.getOrDefault(from, Set.of());
        return to.isEmpty() || to.equals(from) || allowed.equals(ALL) || allowed.contains(to);
    }
}
