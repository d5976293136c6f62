package com.example.reservations.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.reservations.check.RolloutStep.Install;
import com.example.reservations.check.RolloutStep.KeptOut;
import com.example.reservations.check.RolloutStep.Rise;
import com.example.reservations.check.RolloutStep.Stay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Three releases of the service follow each other on three nodes under load, one node at a time, and one of them dies
/// each time. `-Dreservations.rollouts=N` does all of it N times, `-Dreservations.hold=60` holds a version for so many
/// seconds.
final class RolloutTest {
    private static final int ROLLOUTS = Integer.getInteger("reservations.rollouts", 1);
    private static final Duration HOLD = Duration.ofSeconds(Integer.getInteger("reservations.hold", 1));
    private static final String PRICE = "/venues/early?seats=5&cents=2500";
    private static final String REFUND = "/venues/early/reservations/1/refund";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void noAnswerIsFalseWhileReleasesFollowEachOther() throws Exception {
        var first = Release.earlier(1, directory);
        var second = Release.earlier(2, directory);
        for (int seed = 1; seed <= ROLLOUTS; seed++) {
            rollOut(first, second, Release.present(), seed);
        }
    }

    /// What the nodes logged as errors, apart from the release that is too old: a copy that differs, for one.
    private static List<String> errors(Path place) throws IOException {
        try (var files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .flatMap(RolloutTest::lines)
                    .filter(line -> line.contains(" ERROR ") && !line.contains("runs version 1"))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void rollOut(Release first, Release second, Release third, int seed)
            throws IOException, InterruptedException {
        List<Happening> toSecond = List.of(
                new Install(1, second, false),
                new Install(2, second, true),
                new Stay(1, Duration.ZERO, 2, PRICE),
                new Install(1, first, false),
                new Install(1, second, false),
                new Install(3, second, false),
                new Rise(2, false));
        List<Happening> toThird = List.of(
                new Install(3, third.held(), false),
                new Install(1, third.held(), true),
                new Install(2, third.held(), false),
                new Stay(2, HOLD, 2, REFUND),
                new Rise(3, true));
        List<Happening> fromFirst = List.of(new KeptOut(2, first, 3));
        var place = Files.createDirectory(directory.resolve("rollout-" + seed));
        var plan = new Check.Plan(
                first, List.of(toSecond, toThird, fromFirst), EnumSet.allOf(Mode.class), 3, "nearest", seed);
        var result = Check.run(plan, place, System.out);
        assertEquals(List.of(), result.falseAnswers(), () -> "seed " + seed + ", logs in " + place);
        assertEquals(List.of(), errors(place));
        result.tallies().forEach(tally -> {
            assertTrue(tally.answers() > 50, tally::line);
            assertEquals(0, tally.unanswered(), tally::line);
        });
    }
}
