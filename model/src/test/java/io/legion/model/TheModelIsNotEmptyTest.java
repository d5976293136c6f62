package io.legion.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The interesting things happen in the model: each sentence says that one of them does not, and is refuted.
class TheModelIsNotEmptyTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"NothingIsDurable", "NothingIsSalvaged", "NobodyStarts", "NobodyFoldsWithTheNewcomer"})
    void aReplacementShowsIt(String untrue) throws Exception {
        refutes(Scenario.ofThreeAndANewcomer("{2}", 1, "ReplaceMiddle"), untrue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoValueIsProposedAgain"})
    void aDuelShowsIt(String untrue) throws Exception {
        refutes(Scenario.ofThree("{}", 0, 1, 2, "RemoveEither"), untrue);
    }

    private void refutes(Scenario scenario, String untrue) throws Exception {
        var verdict = new Checker(directory).check(scenario.against(untrue));
        assertThat(verdict.exit()).as(verdict.output()).isEqualTo(Checker.BROKEN);
        assertThat(verdict.broken()).isEqualTo(untrue);
    }
}
