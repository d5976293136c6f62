package com.example.reservations;

import io.legion.core.Applied;
import io.legion.core.PartitionType;
import io.legion.core.Since;
import io.legion.core.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The state of one venue, for one evening: its seats, who has them, and a book of all requests.
///
/// @param seats how many there are; 0 before the venue is open
/// @param reservations by their numbers, which are those of the receipts that made them
/// @param book every request that the venue has had, refused ones too, in their order
/// @param cents the price of a seat
public record Venue(
        int seats,
        SortedMap<Integer, Reservation> reservations,
        List<Entry> book,
        @Since(2) int cents) {
    /// What a seat costs where nobody has said so: in all venues that were opened before there were prices.
    public static final int CENTS = 1_000;

    // region: type
    public static final PartitionType<Venue> TYPE = PartitionType.named(
                    "venue", new Venue(0, Collections.emptySortedMap(), List.of(), CENTS))
            .events(VenueEvent.class)
            .index(Venue::tags)
            .version(3);
    // end: type

    public Venue {
        cents = cents == 0 ? CENTS : cents;
    }

    /// A line of the book.
    ///
    /// @param reference what the request is called by whoever sent it
    public record Entry(String reference, Outcome outcome) {}

    /// How many seats are neither held nor confirmed.
    public int free() {
        return seats
                - reservations.values().stream().mapToInt(Reservation::seats).sum();
    }

    /// How many seats are confirmed.
    public int sold() {
        return reservations.values().stream()
                .filter(Reservation::confirmed)
                .mapToInt(Reservation::seats)
                .sum();
    }

    /// The number of the next request's receipt.
    int nextNumber() {
        return book.size() + 1;
    }

    Venue withSeats(int number, int price) {
        return new Venue(number, reservations, book, price);
    }

    /// With this reservation in place of any other of its number.
    Venue with(int number, Reservation reservation) {
        var next = new TreeMap<>(reservations);
        next.put(number, reservation);
        return new Venue(seats, Collections.unmodifiableSortedMap(next), book, cents);
    }

    Venue without(int number) {
        var next = new TreeMap<>(reservations);
        next.remove(number);
        return new Venue(seats, Collections.unmodifiableSortedMap(next), book, cents);
    }

    /// Writes the request into the book; the receipt is its output.
    Applied<Venue, Receipt> enter(String reference, Outcome outcome) {
        var next = new ArrayList<>(book);
        next.add(new Entry(reference, outcome));
        return Applied.of(new Venue(seats, reservations, List.copyOf(next), cents), new Receipt(nextNumber(), outcome));
    }

    // region: tags
    /// Under what a search finds the venue, once it is open.
    private Set<Tag> tags(int version) {
        if (seats == 0) {
            return Set.of();
        }
        var tags = new HashSet<Tag>();
        if (version < 3 || free() > 0) {
            tags.add(Tag.of("free", free()));
        }
        if (version >= 3) {
            tags.add(Tag.of("sold", sold()));
        }
        reservations.values().forEach(each -> tags.add(Tag.of("customer", each.customer())));
        return tags;
    }
    // end: tags
}
