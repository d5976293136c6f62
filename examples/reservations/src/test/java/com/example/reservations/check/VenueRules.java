package com.example.reservations.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What a venue must answer, written down a second time: requests in their order, with the outcome that each must
/// have. From version 3 on what is confirmed stays until it is refunded.
final class VenueRules {
    private static final Set<String> REFUSALS = Set.of("NO_SEATS", "NOT_FOUND", "OPEN_ALREADY", "FIRM");

    private final Map<Integer, Integer> taken = new HashMap<>();
    private final Set<Integer> confirmed = new HashSet<>();
    private boolean isFirm;
    private int seats;
    private int number;

    /// @param version of the service under which the first request was applied, at least
    VenueRules(int version) {
        this.isFirm = version >= 3;
    }

    /// The outcome of the next request.
    ///
    /// @param line as the book has it. It may be the first one that shows version 3, from which there is no way
    ///     back
    String next(Ask ask, String line) {
        number++;
        isFirm |= ask.kind() == Ask.Kind.REFUND || line.endsWith(" FIRM");
        int of = ask.amount();
        return switch (ask.kind()) {
            case OPEN -> open(of);
            case RESERVE -> reserve(of);
            case CONFIRM -> confirm(of);
            case CANCEL -> isFirm && confirmed.contains(of) ? "FIRM" : give(of, taken.containsKey(of), "CANCELLED");
            case REFUND -> give(of, confirmed.contains(of), "REFUNDED");
        };
    }

    private String open(int wanted) {
        if (seats > 0) {
            return "OPEN_ALREADY";
        }
        seats = wanted;
        return "OPENED";
    }

    private String reserve(int wanted) {
        if (wanted > free()) {
            return "NO_SEATS";
        }
        taken.put(number, wanted);
        return "HELD";
    }

    private String confirm(int reservation) {
        if (!taken.containsKey(reservation)) {
            return "NOT_FOUND";
        }
        confirmed.add(reservation);
        return "CONFIRMED";
    }

    private String give(int reservation, boolean isAllowed, String outcome) {
        if (!isAllowed) {
            return "NOT_FOUND";
        }
        taken.remove(reservation);
        confirmed.remove(reservation);
        return outcome;
    }

    int free() {
        return seats - taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    int sold() {
        return confirmed.stream().mapToInt(taken::get).sum();
    }

    static boolean isRefusal(String outcome) {
        return REFUSALS.contains(outcome);
    }
}
