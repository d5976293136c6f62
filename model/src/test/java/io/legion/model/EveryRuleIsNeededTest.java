package io.legion.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each rule switched off in turn: TLC must find a run that breaks an invariant. So the model can fail, and the rule
/// is not there by habit.
class EveryRuleIsNeededTest {

    private static final Scenario FLOW = Scenario.ofThree("{1, 2, 3}", 2, 0, 1, "NoChange");
    private static final Scenario REMOVAL = Scenario.ofThree("{1}", 1, 1, 1, "RemoveEither");
    private static final Scenario DUEL = Scenario.ofThree("{}", 0, 1, 2, "RemoveEither");

    @TempDir
    Path directory;

    /// R2: a participant id is never used again.
    @Test
    void r2AParticipantIdUsedAgainGivesOneNameToTwoEvents() throws Exception {
        breaks(
                new Scenario(2, "{1, 2}", "{2}", 2, 2, 1, "LeaveAndComeBack"),
                "new ids",
                "OneName",
                "SalvagedIsNotHistory");
    }

    /// R6: the clock passes every id taken in.
    @Test
    void r6AClockThatDoesNotPassWhatItReceivesFoldsOutOfOrder() throws Exception {
        breaks(FLOW, "clock", "FoldOrder", "NothingHidden");
    }

    /// R18: everybody has it.
    @Test
    void r18AFoldByMajorityFoldsOutOfOrder() throws Exception {
        breaks(FLOW, "everybody", "FoldOrder", "NothingHidden");
    }

    /// R19: every row is backed.
    @Test
    void r19ARowThatIsNotBackedHidesASmallerEvent() throws Exception {
        breaks(FLOW, "backed", "FoldOrder", "NothingHidden");
    }

    /// R26: DURABLE.
    @Test
    void r26ARowThatGrowsAfterThePromiseLosesADurableEvent() throws Exception {
        breaks(Scenario.ofThreeAndANewcomer("{1}", 1, "ReplaceMiddle"), "row stands", "DurableSurvives");
    }

    /// R29: a ballot names one proposal.
    @Test
    void r29ABallotUsedTwiceDecidesTwice() throws Exception {
        breaks(Scenario.ofThree("{}", 0, 1, 1, "RemoveEither"), "ballot", "OneDecision", "OneSet");
    }

    /// R30: a promise freezes the epoch.
    @Test
    void r30APromiseThatDoesNotFreezeFoldsWhatIsBeyondTheCut() throws Exception {
        breaks(REMOVAL, "freeze", "FoldOrder", "SalvagedIsNotHistory", "DurableSurvives");
    }

    /// R31: a promise tells everything.
    @Test
    void r31APromiseWithoutOutstandingEventsLosesADurableEvent() throws Exception {
        breaks(Scenario.ofThreeAndANewcomer("{3}", 1, "ReplaceLast"), "tail", "VectorIsTrue", "DurableSurvives");
    }

    /// R33: which value.
    @Test
    void r33AnAcceptedValuePassedOverDecidesTwice() throws Exception {
        breaks(DUEL, "accepted value", "OneDecision", "OneSet");
    }

    /// R38: forced.
    @Test
    void r38AForgottenPromiseDecidesTwice() throws Exception {
        breaks(DUEL, "forced", "OneDecision", "OneSet");
    }

    /// R39: enter the next epoch.
    @Test
    void r39AnEventBeyondACutThatIsKeptIsInNoVector() throws Exception {
        breaks(REMOVAL, "cut", "VectorIsTrue", "SalvagedIsNotHistory");
    }

    /// R41: keep until settled.
    @Test
    void r41ARemovedParticipantThatForgetsAtOnceLosesADurableEvent() throws Exception {
        breaks(Scenario.ofThreeAndANewcomer("{1}", 1, "ReplaceLast"), "keep", "DurableSurvives");
    }

    /// R69: no start for one that was dropped.
    @Test
    void r69ADroppedParticipantThatStartsAgainDecidesTwice() throws Exception {
        breaks(new Scenario(4, "{1, 2, 3}", "{}", 0, 1, 2, "ReplaceEither"), "dropped", "OneDecision", "OneSet");
    }

    private void breaks(Scenario scenario, String rule, String... invariants) throws Exception {
        var verdict = new Checker(directory).check(scenario.without(rule));
        assertThat(verdict.exit()).as(verdict.output()).isEqualTo(Checker.BROKEN);
        assertThat(verdict.broken()).isIn((Object[]) invariants);
    }
}
