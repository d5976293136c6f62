package com.example.reservations.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Two rounds of what the command `check` does longer.
final class ThreeNodesTest {
    private static final long SEED = 7;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void noAnswerIsFalseWhileNodesRestartDieAndPause() throws Exception {
        var plan =
                new Check.Plan(2, List.of(Fault.RESTARTS, Fault.KILL, Fault.PAUSE), EnumSet.allOf(Mode.class), 3, SEED);
        var result = Check.run(plan, directory, System.out);
        assertEquals(List.of(), result.falseAnswers(), () -> "logs in " + directory);
        result.tallies().forEach(tally -> assertTrue(tally.answers() > 50, tally::line));
    }
}
