package io.legion.model;

import java.util.List;

/// How large a world the checker walks through.
///
/// @param participants the number of participants that can ever be, named 1 to that number
/// @param first the participants of epoch 0, in TLA+
/// @param origins those who may originate events, in TLA+
/// @param events the number of events in all
/// @param epochs the number of changes that may be decided
/// @param ballots the ballots per epoch
/// @param changes the name of the set of changes in `Scenarios.tla`
record Scenario(int participants, String first, String origins, int events, int epochs, int ballots, String changes) {

    private static final List<String> INVARIANTS = List.of(
            "FoldOrder",
            "NothingHidden",
            "OneDecision",
            "OneSet",
            "OneName",
            "SalvagedIsNotHistory",
            "VectorIsTrue",
            "DurableSurvives");

    static Scenario ofThree(String origins, int events, int epochs, int ballots, String changes) {
        return new Scenario(3, "{1, 2, 3}", origins, events, epochs, ballots, changes);
    }

    static Scenario ofThreeAndANewcomer(String origins, int events, String changes) {
        return new Scenario(4, "{1, 2, 3}", origins, events, 1, 1, changes);
    }

    /// The real protocol: every rule is on and every invariant is checked.
    String configuration() {
        return configuration("{}", INVARIANTS);
    }

    /// The protocol without one rule.
    String without(String rule) {
        return configuration("{\"" + rule + "\"}", INVARIANTS);
    }

    /// The real protocol, checked against another sentence.
    String against(String sentence) {
        return configuration("{}", List.of(sentence));
    }

    private String configuration(String off, List<String> invariants) {
        return """
                SPECIFICATION Spec
                CHECK_DEADLOCK FALSE
                INVARIANTS %s
                CONSTANTS
                    N = %d
                    First = %s
                    Origins = %s
                    MaxEvents = %d
                    MaxEpoch = %d
                    MaxBallot = %d
                    Changes <- %s
                    Off = %s
                """.formatted(
                String.join(" ", invariants), participants, first, origins, events, epochs, ballots, changes, off);
    }
}
