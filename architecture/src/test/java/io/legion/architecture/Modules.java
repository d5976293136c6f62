package io.legion.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The modules of the project as the root POM names them, and their classes as the build made them.
///
/// Read from the directories rather than from the class path, so that a new module is held to the rules as soon
/// as it is in the root POM.
record Modules(List<String> names, JavaClasses classes) {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    static Modules ofThisProject() {
        var built = inTheRootPom().stream()
                .filter(name -> Files.isDirectory(ROOT.resolve(name, "src", "main", "java")))
                .toList();
        var directories = new ArrayList<Path>();
        for (var name : built) {
            var directory = ROOT.resolve(name, "target", "classes");
            if (!Files.isDirectory(directory)) {
                throw new IllegalStateException("The module " + name + " is not built yet: build all modules, and keep"
                        + " architecture the last in the root POM.");
            }
            directories.add(directory);
        }
        // What JMH generates from the benchmarks is not ours to judge.
        var importer = new ClassFileImporter().withImportOption(place -> !place.contains("/jmh_generated/"));
        return new Modules(built, importer.importPaths(directories));
    }

    /// All modules in the order of the root POM, without those that only a profile adds, which are never released.
    static List<String> inTheRootPom() {
        try {
            var pom = Files.readString(ROOT.resolve("pom.xml"));
            int profiles = pom.indexOf("<profiles>");
            return MODULE.matcher(profiles < 0 ? pom : pom.substring(0, profiles))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// To which modules a module exports a package, by their directories: some, `all`, or `nobody`. A module without
    /// descriptor can hide none: there the description of a package says that it is internal.
    Set<String> exportedTo(String module, String name) {
        return descriptor(module)
                .map(of -> exportedTo(of, name))
                .orElseGet(() -> Set.of(isInternal(module, name) ? "nobody" : "all"));
    }

    private static boolean isInternal(String module, String name) {
        var description = ROOT.resolve(module, "src", "main", "java")
                .resolve(name.replace('.', '/'))
                .resolve("package-info.java");
        try {
            return Files.exists(description) && Files.readString(description).startsWith("/// Internal:");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Set<String> exportedTo(ModuleDescriptor module, String name) {
        return module.exports().stream()
                .filter(export -> export.source().equals(name))
                .findFirst()
                .map(export -> export.isQualified() ? directories(export.targets()) : Set.of("all"))
                .orElse(Set.of("nobody"));
    }

    private Set<String> directories(Set<String> modules) {
        return names.stream()
                .filter(name -> descriptor(name)
                        .filter(of -> modules.contains(of.name()))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    private static Optional<ModuleDescriptor> descriptor(String module) {
        var file = ROOT.resolve(module, "target", "classes", "module-info.class");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            return Optional.of(ModuleDescriptor.read(in));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Those that others can depend on: the BOM lists them.
    static Set<String> published() {
        return Pom.ofModule("bom").dependencies("/project/dependencyManagement/dependencies").stream()
                .filter(Pom.Dependency::isOurs)
                .map(Pom.Dependency::module)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The module of a class, or an empty text if it is none of ours.
    String moduleOf(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri())
                .filter(place -> "file".equals(place.getScheme()))
                .map(Path::of)
                .filter(place -> place.startsWith(ROOT))
                .map(place -> ROOT.relativize(place).getName(0).toString())
                .filter(names::contains)
                .orElse("");
    }
}
