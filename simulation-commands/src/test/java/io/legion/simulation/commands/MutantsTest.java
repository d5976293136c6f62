package io.legion.simulation.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MutantsTest {
    @TempDir
    Path directory;

    @Test
    void everyMutantStillFitsTheSourcesAndChangesThem() throws IOException {
        Path root = MutantsMain.root();
        List<Mutant> mutants = Mutant.in(root.resolve("simulation/mutants"));
        assertThat(mutants).hasSizeGreaterThanOrEqualTo(25);
        for (Mutant mutant : mutants) {
            Map<String, List<String>> planted = mutant.plant(root);
            assertThat(planted).as(mutant.name()).isNotEmpty();
            for (Map.Entry<String, List<String>> file : planted.entrySet()) {
                assertThat(file.getValue())
                        .as(mutant.name())
                        .isNotEqualTo(Files.readAllLines(root.resolve(file.getKey())));
            }
        }
    }

    /// They are compiled one by one when somebody runs them: that takes long, and one that does not compile ends it.
    @Test
    void everyMutantCompiles() throws IOException {
        Path root = MutantsMain.root();
        for (Mutant mutant : Mutant.in(root.resolve("simulation/mutants"))) {
            new MutantTrial(mutant, directory.resolve(mutant.name())).build(root);
        }
    }

    @Test
    void aPatchFindsItsPlaceAfterLinesWereAddedAboveIt() throws IOException {
        Files.write(directory.resolve("text"), List.of("new", "new", "one", "two", "three"));
        assertThat(patch().plant(directory).get("text")).containsExactly("new", "new", "one", "2", "three");
    }

    @Test
    void aPatchFindsItsPlaceAlthoughItsSurroundingsChanged() throws IOException {
        Files.write(directory.resolve("text"), List.of("another one", "two", "three"));
        assertThat(patch().plant(directory).get("text")).containsExactly("another one", "2", "three");
    }

    @Test
    void aPatchWhosePlaceIsGoneIsRefused() throws IOException {
        Files.write(directory.resolve("text"), List.of("one", "zwei", "three"));
        assertThatThrownBy(() -> patch().plant(directory))
                .hasMessage("the mutant small does not fit text near line 1 any more: write its patch again");
    }

    private Mutant patch() throws IOException {
        Path mutants = Files.createDirectories(directory.resolve("mutants"));
        Files.write(
                mutants.resolve("small.patch"),
                List.of(
                        "# Rule: none",
                        "# Mistake: a number",
                        "# Seen by: nobody",
                        "--- a/text",
                        "+++ b/text",
                        "@@ -1,3 +1,3 @@",
                        " one",
                        "-two",
                        "+2",
                        " three"));
        return Mutant.in(mutants).getFirst();
    }
}
