package io.legion.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The groups in the description of the package `io.legion.core.shard` name each of its classes, once.
final class ReplicaGroupsTest {
    private static final String PACKAGE = "io.legion.core.shard";
    private static final Path DESCRIPTION =
            Path.of("..", "core", "src", "main", "java", "io", "legion", "core", "shard", "package-info.java");

    /// An item of the list: the group and what it does, then its classes.
    private static final Pattern GROUP = Pattern.compile("/// - \\*[^:]+:([^.]+)\\.");

    private static final Pattern CLASS = Pattern.compile("\\b[A-Z]\\w+");

    @Test
    void eachClassIsInOneGroup() throws IOException {
        var there = Modules.ofThisProject().classes().stream()
                .filter(type -> type.getPackageName().equals(PACKAGE) && type.isTopLevelClass())
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .collect(Collectors.toList());
        assertThat(grouped()).isNotEmpty().containsExactlyInAnyOrderElementsOf(there);
    }

    private static List<String> grouped() throws IOException {
        return GROUP.matcher(Files.readString(DESCRIPTION))
                .results()
                .flatMap(group -> CLASS.matcher(group.group(1)).results())
                .map(MatchResult::group)
                .toList();
    }
}
