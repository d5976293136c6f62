package io.legion.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A class's name alone says which class it is, in documents and in talk.
final class ClassNamesTest {
    private static final Modules MODULES = Modules.ofThisProject();

    @Test
    void noTwoClassesShareAName() {
        var places = new TreeMap<String, Set<String>>();
        MODULES.classes().stream()
                .filter(JavaClass::isTopLevelClass)
                // The service of quick-start is a user's, with names of the user's own.
                .filter(type -> type.getPackageName().startsWith("io.legion"))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .forEach(type -> places.computeIfAbsent(type.getSimpleName(), _ -> new TreeSet<>())
                        .add(type.getPackageName()));
        assertThat(places).isNotEmpty();
        places.values().removeIf(packages -> packages.size() < 2);
        assertThat(places).as("names of several classes").isEmpty();
    }
}
