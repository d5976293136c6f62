package io.legion.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.legion.architecture.ArchitectureDocument.PackageRow;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The packages of `runtime` are what the table of packages says, use what it allows, and form no cycle.
final class PackagesTest {
    private static final int MOST_CLASSES = 25;

    /// The entry point of users opens the engine, which implements it.
    private static final Map<String, String> ENTRY = Map.of("io.legion", "io.legion.runtime.start");

    private static final Modules MODULES = Modules.ofThisProject();
    private static final List<PackageRow> ROWS = ArchitectureDocument.read().packages();

    private static List<JavaClass> classes() {
        return MODULES.classes().stream()
                .filter(type -> MODULES.moduleOf(type).equals("runtime"))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    @Test
    void theTableNamesEveryPackageAndNoOther() {
        var there = classes().stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        assertThat(ROWS).extracting(PackageRow::name).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void aPackageUsesWhatTheTableAllowsAndUsesAllOfIt() {
        var uses = uses();
        for (var row : ROWS) {
            var allowed = new TreeSet<>(row.mayUse());
            allowed.remove("nothing");
            assertThat(uses.getOrDefault(row.name(), Set.of()))
                    .as("what %s uses", row.name())
                    .containsExactlyInAnyOrderElementsOf(allowed);
        }
    }

    @Test
    void packagesFormNoCycleButWhereTheEntryPointOpensItsEngine() {
        var uses = uses();
        ENTRY.forEach((from, to) -> assertThat(uses.get(from).remove(to)).isTrue());
        var left = new TreeSet<>(uses.keySet());
        boolean removed = true;
        while (removed) {
            removed = left.removeIf(name -> uses.get(name).stream().noneMatch(left::contains));
        }
        assertThat(left).as("packages in a cycle, or that use one").isEmpty();
    }

    @Test
    void noPackageHasMoreThan25Classes() {
        var counts = classes().stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(counts)
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }

    @Test
    void thePackagesAreExportedAsTheTableSays() throws IOException {
        var exported = new HashMap<String, String>();
        try (InputStream in =
                Files.newInputStream(Path.of("..", "runtime", "target", "classes", "module-info.class"))) {
            ModuleDescriptor.read(in)
                    .exports()
                    .forEach(export -> exported.put(
                            export.source(),
                            export.isQualified() ? String.join(", ", new TreeSet<>(export.targets())) : "all"));
        }
        for (var row : ROWS) {
            var expected = row.exportedTo().equals("simulation") ? "io.legion.simulation" : row.exportedTo();
            assertThat(exported.getOrDefault(row.name(), "nobody"))
                    .as(row.name())
                    .isEqualTo(expected);
        }
    }

    /// For each package of `runtime` which others of them its classes use.
    private static Map<String, Set<String>> uses() {
        var uses = new HashMap<String, Set<String>>();
        for (var type : classes()) {
            var others = uses.computeIfAbsent(type.getPackageName(), _ -> new TreeSet<>());
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getBaseComponentType();
                if (MODULES.moduleOf(target).equals("runtime")
                        && !target.getPackageName().equals(type.getPackageName())) {
                    others.add(target.getPackageName());
                }
            }
        }
        return uses;
    }
}
