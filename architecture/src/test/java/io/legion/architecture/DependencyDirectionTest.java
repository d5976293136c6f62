package io.legion.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Who may know whom. The implementations know the specifications and never each other; only programs choose.
final class DependencyDirectionTest {

    private static final Map<String, Set<String>> MAY_KNOW =
            ArchitectureDocument.read().modules();

    private static final Modules MODULES = Modules.ofThisProject();

    @Test
    void everyModuleHasItsPlaceInTheArchitecture() {
        assertThat(MODULES.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(MAY_KNOW)
                        .as("say in the table of modules of design/architecture.md what %s may know", name)
                        .containsKey(name));
        assertThat(Modules.inTheRootPom()).containsAll(known());
    }

    /// The modules of the table, without those that only a profile builds.
    private static Set<String> known() {
        var known = new TreeSet<>(MAY_KNOW.keySet());
        known.remove("benchmarks-hazelcast");
        return known;
    }

    @Test
    void everyClassIsOfAModule() {
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
        return to.isEmpty() || to.equals(from) || mayKnow(from, to);
    }

    /// What a module may know, that may know too.
    private static boolean mayKnow(String from, String to) {
        var allowed = MAY_KNOW.getOrDefault(from, Set.of());
        return allowed.contains("all")
                || allowed.contains(to)
                || allowed.stream().anyMatch(other -> MAY_KNOW.containsKey(other) && mayKnow(other, to));
    }
}
