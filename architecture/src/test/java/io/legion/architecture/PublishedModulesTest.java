package io.legion.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.architecture.Pom.Dependency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The BOM, which says what `./legion install` publishes and which libraries that was tested with, is complete.
final class PublishedModulesTest {
    private static final Pom ROOT = Pom.ofTheRoot();
    private static final Pom BOM = Pom.ofModule("bom");
    private static final Set<String> NOT_PASSED_ON = Set.of("test", "provided");

    private static final List<Dependency> LISTED = BOM.dependencies("/project/dependencyManagement/dependencies");
    private static final Set<String> PUBLISHED = Modules.published();

    @Test
    void eachModuleIsInTheBomOrSaysThatItIsNotPublished() {
        var unpublished = new TreeSet<String>();
        for (var module : Modules.inTheRootPom()) {
            if (Pom.ofModule(module)
                    .texts("/project/properties/maven.deploy.skip")
                    .contains("true")) {
                unpublished.add(module);
            }
        }
        for (var module : Modules.inTheRootPom()) {
            if (!module.equals("bom")) {
                assertThat(PUBLISHED.contains(module) != unpublished.contains(module))
                        .as("list %s in bom/pom.xml, or set maven.deploy.skip in its POM, not both", module)
                        .isTrue();
            }
        }
    }

    @Test
    void whatIsPublishedNeedsNothingUnpublished() {
        assertThat(PUBLISHED)
                .isNotEmpty()
                .allSatisfy(module -> assertThat(
                                passedOn(module).filter(Dependency::isOurs).map(Dependency::module))
                        .as(module)
                        .isSubsetOf(PUBLISHED));
    }

    @Test
    void theBomListsTheLibrariesOfWhatIsPublishedWithTheirVersionsAndNoOthers() {
        var used = new TreeMap<String, String>();
        for (var module : PUBLISHED) {
            passedOn(module)
                    .filter(dependency -> !dependency.isOurs())
                    .forEach(library -> used.put(nameInTheBom(library), version(library)));
        }
        var listed = new TreeMap<String, String>();
        LISTED.stream()
                .filter(dependency -> !dependency.isOurs())
                .forEach(library -> listed.put(nameInTheBom(library), library.version()));
        assertThat(listed).isEqualTo(used);
    }

    @Test
    void theBillOfMaterialsCountsWhatTheBomLists() {
        assertThat(BOM.dependencies("/project/profiles/profile[id='publish']/dependencies"))
                .extracting(Dependency::module)
                .containsExactlyInAnyOrderElementsOf(PUBLISHED);
    }

    /// What a program gets that depends on this module.
    private static Stream<Dependency> passedOn(String module) {
        return Stream.of(ROOT, Pom.ofModule(module))
                .flatMap(pom -> pom.dependencies("/project/dependencies").stream())
                .filter(dependency -> !NOT_PASSED_ON.contains(dependency.scope()));
    }

    /// That of the family for a library whose family has a BOM of its own, which ours imports.
    private static String nameInTheBom(Dependency library) {
        return LISTED.stream()
                .filter(listed -> listed.scope().equals("import"))
                .map(Dependency::group)
                .filter(family -> (library.group() + ".").startsWith(family + "."))
                .findFirst()
                .orElse(library.name());
    }

    private static String version(Dependency library) {
        return library.version().isEmpty() ? managed().getOrDefault(library.name(), "") : library.version();
    }

    private static Map<String, String> managed() {
        var versions = new TreeMap<String, String>();
        ROOT.dependencies("/project/dependencyManagement/dependencies")
                .forEach(dependency -> versions.put(dependency.name(), dependency.version()));
        return versions;
    }
}
