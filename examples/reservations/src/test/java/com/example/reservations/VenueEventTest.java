package com.example.reservations;

import com.example.reservations.check.Release;
import io.legion.simulation.OldRelease;
import io.legion.simulation.Randomness;
import io.legion.simulation.Simulation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the events in simulated clusters whose networks, disks and clocks fail.
final class VenueEventTest {
    @Test
    void noSeatIsGivenAwayTwice() {
        Simulation.of(Venue.TYPE)
                .events(VenueEventTest::event)
                .invariant(venue -> venue.free() >= 0)
                .seeds(20)
                .run();
    }

    // region: rollout
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void thisReleaseFollowsTheOlderOnesNodeByNode(int number, @TempDir Path directory) throws Exception {
        var old = OldRelease.of(Release.earlier(number, directory).classes());
        Simulation.of(Venue.TYPE)
                .events(VenueEventTest::event)
                .rolledOutFrom(old.type("com.example.reservations.Venue", "TYPE"))
                .seeds(10)
                .run();
    }
    // end: rollout

    private static VenueEvent event(Randomness random) {
        var reference = "r" + random.between(1, 1_000_000);
        int number = (int) random.between(1, 20);
        return switch ((int) random.between(0, 4)) {
            case 0 -> new VenueEvent.Open(reference, number, number);
            case 1 -> new VenueEvent.Confirm(reference, number);
            case 2 -> new VenueEvent.Cancel(reference, number);
            case 3 -> new VenueEvent.Refund(reference, number);
            default -> new VenueEvent.Reserve(reference, "ann", number);
        };
    }
}
