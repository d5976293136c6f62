package io.legion.architecture;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What programs see of the published modules: the public members of the exported packages.
final class PublishedApiTest {
    private static final Modules MODULES = Modules.ofThisProject();

    private static final Set<String> PUBLISHED = Modules.published();

    private static final Set<String> EXPORTED =
            PUBLISHED.stream().flatMap(PublishedApiTest::exports).collect(toCollection(TreeSet::new));

    /// Who names these brings the library: an optional dependency, and the JUnit of their own tests.
    private static final Set<String> BROUGHT_BY_THE_PROGRAM =
            Set.of("io.micrometer.", "io.opentelemetry.", "org.junit.");

    @Test
    void theApiCheckComparesWhatIsExported() {
        var compared = new TreeSet<>(Pom.ofTheRoot().texts("/project/profiles/profile[id='api']//includes/include"));
        assertThat(compared)
                .as("the packages that the profile \"api\" of the root POM includes")
                .isEqualTo(EXPORTED);
    }

    /// Else the library would have to be in the published POM with the scope "compile", and with `requires transitive`
    /// in the module.
    @Test
    void noTypeOfALibraryStandsInTheApi() {
        var named = new TreeSet<String>();
        for (var type : MODULES.classes()) {
            if (isSeen(type)) {
                typesIn(type)
                        .flatMap(seen -> seen.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(PublishedApiTest::isOfALibrary)
                        .forEach(library -> named.add(type.getName() + " names " + library.getName()));
            }
        }
        assertThat(named).isEmpty();
    }

    private static Stream<String> exports(String module) {
        return MODULES.classes().stream()
                .filter(type -> MODULES.moduleOf(type).equals(module))
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> MODULES.exportedTo(module, name).contains("all"));
    }

    private static boolean isSeen(JavaClass type) {
        return PUBLISHED.contains(MODULES.moduleOf(type))
                && EXPORTED.contains(type.getPackageName())
                && isPublicThroughout(type);
    }

    private static boolean isPublicThroughout(JavaClass type) {
        return isOpen(type.getModifiers())
                && type.getEnclosingClass()
                        .map(PublishedApiTest::isPublicThroughout)
                        .orElse(true);
    }

    private static Stream<JavaType> typesIn(JavaClass type) {
        return Stream.of(
                        type.getSuperclass().stream(),
                        type.getInterfaces().stream(),
                        seenMembers(type.getFields()).map(field -> field.getType()),
                        seenMembers(type.getCodeUnits()).flatMap(PublishedApiTest::typesIn))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> typesIn(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
    }

    private static <M extends JavaMember> Stream<M> seenMembers(Set<M> members) {
        return members.stream().filter(member -> isOpen(member.getModifiers()));
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isOfALibrary(JavaClass type) {
        return !type.isPrimitive()
                && !type.getName().startsWith("java.")
                && !type.getName().startsWith("javax.sql.") // the JDK's too
                && !type.getName().startsWith("io.legion.")
                && BROUGHT_BY_THE_PROGRAM.stream().noneMatch(type.getName()::startsWith);
    }
}
