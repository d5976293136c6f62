package com.example.reservations;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;

/// What can happen to a venue. Every replica applies each event, so `apply` is pure; a refusal is an outcome like
/// another.
public sealed interface VenueEvent extends Event<Venue, Receipt> {
    int MAX_SEATS = 100_000;

    /// Opens the venue, with so many seats.
    record Open(String reference, int seats) implements VenueEvent {
        public Open {
            requireSeats(seats);
        }

        @Override
        public Applied<Venue, Receipt> apply(Venue venue, EventContext context) {
            return venue.seats() > 0
                    ? venue.enter(reference, Outcome.OPEN_ALREADY)
                    : venue.withSeats(seats).enter(reference, Outcome.OPENED);
        }
    }

    /// Holds seats for a customer, all of them or none.
    record Reserve(String reference, String customer, int seats) implements VenueEvent {
        public Reserve {
            requireSeats(seats);
        }

        @Override
        public Applied<Venue, Receipt> apply(Venue venue, EventContext context) {
            if (seats > venue.free()) {
                return venue.enter(reference, Outcome.NO_SEATS);
            }
            var held = new Reservation(customer, seats, context.time(), false);
            return venue.with(venue.nextNumber(), held).enter(reference, Outcome.HELD);
        }
    }

    /// Makes a hold firm.
    record Confirm(String reference, int number) implements VenueEvent {
        @Override
        public Applied<Venue, Receipt> apply(Venue venue, EventContext context) {
            var held = venue.reservations().get(number);
            return held == null
                    ? venue.enter(reference, Outcome.NOT_FOUND)
                    : venue.with(number, held.confirm()).enter(reference, Outcome.CONFIRMED);
        }
    }

    /// Gives the seats of a reservation back, held or confirmed.
    record Cancel(String reference, int number) implements VenueEvent {
        @Override
        public Applied<Venue, Receipt> apply(Venue venue, EventContext context) {
            return venue.reservations().containsKey(number)
                    ? venue.without(number).enter(reference, Outcome.CANCELLED)
                    : venue.enter(reference, Outcome.NOT_FOUND);
        }
    }

    private static void requireSeats(int seats) {
        if (seats < 1 || seats > MAX_SEATS) {
            throw new IllegalArgumentException("seats must be from 1 to " + MAX_SEATS + ", not " + seats);
        }
    }
}
