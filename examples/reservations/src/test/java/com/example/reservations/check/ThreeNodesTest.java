package com.example.reservations.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Two rounds of what the command `check` does longer.
final class ThreeNodesTest {
    private static final long SEED = 7;
    private static final int SHOWN = 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void noAnswerIsFalseWhileNodesRestartDieAndPause() throws Exception {
        var plan = new Check.Plan(
                Release.present(),
                Collections.nCopies(2, List.of(Fault.RESTARTS, Fault.KILL, Fault.PAUSE)),
                EnumSet.allOf(Mode.class),
                3,
                "nearest",
                SEED);
        var result = Check.run(plan, directory, System.out);
        var falseAnswers = result.falseAnswers();
        assertTrue(
                falseAnswers.isEmpty(),
                () -> falseAnswers.size() + " false answers, logs in " + directory + ":\n"
                        + String.join("\n", falseAnswers.subList(0, Math.min(SHOWN, falseAnswers.size()))));
        result.tallies().forEach(tally -> assertTrue(tally.answers() > 50, tally::line));
    }
}
