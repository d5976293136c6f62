package com.example.reservations;

import io.legion.Search;
import io.legion.core.Tag;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/// What callers may ask for, and how they read a venue.
final class VenueCalls {
    static final String USAGE = """
            POST   /venues/NAME?seats=N                             open a venue
            POST   /venues/NAME/reservations?customer=TEXT&seats=N  hold seats
            POST   /venues/NAME/reservations/NUMBER/confirm
            DELETE /venues/NAME/reservations/NUMBER
            GET    /venues/NAME                                     its seats and reservations
            GET    /venues/NAME/book                                every request that it has had
            GET    /venues?free=N   or ?customer=TEXT               search""";

    private VenueCalls() {}

    /// The event that a request asks for.
    ///
    /// @throws NoSuchElementException if this release has nothing of the kind
    static VenueEvent event(HttpCall call) {
        var reference = call.reference();
        return switch (call.route()) {
            case "POST/*" -> new VenueEvent.Open(reference, call.number("seats"));
            case "POST/*/reservations" ->
                new VenueEvent.Reserve(reference, call.text("customer"), call.number("seats"));
            case "POST/*/reservations/*/confirm" -> new VenueEvent.Confirm(reference, call.reservation());
            case "DELETE/*/reservations/*" -> new VenueEvent.Cancel(reference, call.reservation());
            default -> throw new NoSuchElementException("there is no " + call.route());
        };
    }

    static Search search(HttpCall call) {
        return call.has("customer")
                ? Search.of(Tag.of("customer", call.text("customer")))
                : Search.atLeast("free", call.number("free"));
    }

    static String text(Venue venue) {
        var text = new StringBuilder(venue.seats() + " seats, " + venue.free() + " free");
        venue.reservations()
                .forEach((number, of) -> text.append("\n%d %s, %d seats, %s since %s"
                        .formatted(
                                number,
                                of.customer(),
                                of.seats(),
                                of.confirmed() ? "confirmed, held" : "held",
                                of.since())));
        return text.toString();
    }

    static String book(Venue venue) {
        return venue.book().stream()
                .map(entry -> entry.reference() + " " + entry.outcome())
                .collect(Collectors.joining("\n"));
    }
}
