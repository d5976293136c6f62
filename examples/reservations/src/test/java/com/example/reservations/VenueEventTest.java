package com.example.reservations;

import io.legion.simulation.Randomness;
import io.legion.simulation.Simulation;
import org.junit.jupiter.api.Test;

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

    private static VenueEvent event(Randomness random) {
        var reference = "r" + random.between(1, 1_000_000);
        int number = (int) random.between(1, 20);
        return switch ((int) random.between(0, 3)) {
            case 0 -> new VenueEvent.Open(reference, number);
            case 1 -> new VenueEvent.Confirm(reference, number);
            case 2 -> new VenueEvent.Cancel(reference, number);
            default -> new VenueEvent.Reserve(reference, "ann", number);
        };
    }
}
