package io.legion.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The protocol with all its rules: TLC visits every state that a small world can reach and checks every invariant in
/// each. The number of states guards against a model that has become empty by mistake.
class EveryRunHoldsTest {

    @TempDir
    Path directory;

    @Test
    void eventsOfThreeOriginsFoldInOneOrder() throws Exception {
        holds(Scenario.ofThree("{1, 2, 3}", 2, 0, 1, "NoChange"), 16_000);
    }

    @Test
    void eitherSideMayBeRemovedWhileAnEventIsOnItsWay() throws Exception {
        holds(Scenario.ofThree("{1, 2}", 1, 1, 1, "RemoveEither"), 20_000);
    }

    @Test
    void duellingProposersDecideOnce() throws Exception {
        holds(Scenario.ofThree("{}", 0, 1, 2, "RemoveEither"), 3_000);
    }

    @Test
    void oneIsReplacedByANewcomerWhileAnEventIsOnItsWay() throws Exception {
        holds(Scenario.ofThreeAndANewcomer("{2}", 1, "ReplaceMiddle"), 20_000);
    }

    @Test
    void theSetChangesTwice() throws Exception {
        holds(new Scenario(3, "{1, 2}", "{2, 3}", 2, 2, 1, "LeaveAndReturnAfresh"), 400);
    }

    @Test
    @EnabledIfSystemProperty(named = "legion.model", matches = "large")
    void largeThreeEventsOfThreeOriginsFoldInOneOrder() throws Exception {
        holds(Scenario.ofThree("{1, 2, 3}", 3, 0, 1, "NoChange"), 200_000);
    }

    @Test
    @EnabledIfSystemProperty(named = "legion.model", matches = "large")
    void largeDuellingProposersAndAnEvent() throws Exception {
        holds(Scenario.ofThree("{1}", 1, 1, 2, "RemoveEither"), 200_000);
    }

    @Test
    @EnabledIfSystemProperty(named = "legion.model", matches = "large")
    void largeTheNewcomerOriginatesToo() throws Exception {
        holds(Scenario.ofThreeAndANewcomer("{1, 4}", 2, "ReplaceLast"), 200_000);
    }

    private void holds(Scenario scenario, long atLeast) throws Exception {
        var verdict = new Checker(directory).check(scenario.configuration());
        assertThat(verdict.exit()).as(verdict.output()).isEqualTo(Checker.ALL_HOLD);
        assertThat(verdict.states()).as("different states").isGreaterThan(atLeast);
    }
}
