package io.legion.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.legion.architecture.ArchitectureDocument.PackageRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The packages of each module are what its table of packages says, use what it allows, and form no cycle.
final class PackagesTest {
    private static final int MOST_CLASSES = 25;

    /// Packages with more classes, and why.
    private static final Set<String> LARGE = Set.of(
            // The shapes of types are one sealed family: each knows how to write, to read and to own its values.
            "io.legion.core.codec",
            // A replica is one state machine: its rules share what only they may touch.
            "io.legion.core.shard");

    /// Where what users name makes what implements it: the one use of each such pair that goes upwards.
    private static final Map<String, String> ENTRIES = Map.of(
            // The engine opens a Legion.
            "io.legion", "io.legion.runtime.start",
            // A cluster that is opened lets nodes take part.
            "io.legion.cluster.jgroups", "io.legion.cluster.jgroups.peers",
            // A store is opened.
            "io.legion.store.rocksdb", "io.legion.store.rocksdb.open",
            // A backup is files.
            "io.legion.backup", "io.legion.backup.files",
            // Runs carry out a user's simulation.
            "io.legion.simulation", "io.legion.simulation.runs",
            // A codec is derived from records.
            "io.legion.core", "io.legion.core.codec");

    private static final Modules MODULES = Modules.ofThisProject();
    private static final Map<String, List<PackageRow>> TABLES =
            ArchitectureDocument.read().packages();

    /// The modules with a table.
    static final Set<String> DIVIDED = TABLES.keySet();

    @Test
    void everyModuleOfSeveralPackagesHasATable() {
        var divided = MODULES.names().stream()
                .filter(module -> packages(module).size() > 1)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(DIVIDED)
                .as("the sections \"Packages of\" of design/architecture.md")
                .containsExactlyElementsOf(divided);
    }

    @ParameterizedTest
    @FieldSource("DIVIDED")
    void theTableNamesEveryPackageAndNoOther(String module) {
        assertThat(rows(module)).extracting(PackageRow::name).containsExactlyInAnyOrderElementsOf(packages(module));
    }

    @ParameterizedTest
    @FieldSource("DIVIDED")
    void aPackageUsesWhatTheTableAllowsAndUsesAllOfIt(String module) {
        var uses = uses(module);
        for (var row : rows(module)) {
            assertThat(uses.getOrDefault(row.name(), Set.of()))
                    .as("what %s uses", row.name())
                    .containsExactlyInAnyOrderElementsOf(row.mayUse());
        }
    }

    @ParameterizedTest
    @FieldSource("DIVIDED")
    void thePackagesAreExportedAsTheTableSays(String module) {
        for (var row : rows(module)) {
            assertThat(MODULES.exportedTo(module, row.name()))
                    .as("to whom %s is exported", row.name())
                    .isEqualTo(row.exportedTo());
        }
    }

    @ParameterizedTest
    @FieldSource("DIVIDED")
    void packagesFormNoCycleButWhereAnEntryPointMakesItsEngine(String module) {
        var uses = uses(module);
        ENTRIES.forEach((from, to) -> uses.getOrDefault(from, new TreeSet<>()).remove(to));
        var left = new TreeSet<>(uses.keySet());
        boolean removed = true;
        while (removed) {
            removed = left.removeIf(name -> uses.get(name).stream().noneMatch(left::contains));
        }
        assertThat(left).as("packages in a cycle, or that use one").isEmpty();
    }

    @Test
    void eachEntryPointMakesItsEngine() {
        var all = new TreeMap<String, Set<String>>();
        DIVIDED.forEach(module -> all.putAll(uses(module)));
        assertThat(ENTRIES).allSatisfy((from, to) -> assertThat(all.get(from)).contains(to));
    }

    @Test
    void noPackageHasMoreThan25ClassesButThoseThatSayWhy() {
        var large = DIVIDED.stream()
                .flatMap(PackagesTest::classes)
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        large.values().removeIf(count -> count <= MOST_CLASSES);
        assertThat(large.keySet()).containsExactlyInAnyOrderElementsOf(LARGE);
    }

    private static List<PackageRow> rows(String module) {
        return TABLES.getOrDefault(module, List.of());
    }

    private static Set<String> packages(String module) {
        return classes(module).map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JavaClass> classes(String module) {
        return MODULES.classes().stream()
                .filter(type -> MODULES.moduleOf(type).equals(module))
                .filter(type -> !type.getSimpleName().equals("package-info"));
    }

    /// For each package of the module which others of it its classes use.
    private static Map<String, Set<String>> uses(String module) {
        var uses = new TreeMap<String, Set<String>>();
        classes(module).forEach(type -> {
            var others = uses.computeIfAbsent(type.getPackageName(), _ -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> MODULES.moduleOf(target).equals(module))
                    .map(JavaClass::getPackageName)
                    .filter(name -> !name.equals(type.getPackageName()))
                    .forEach(others::add);
        });
        return uses;
    }
}
