package com.example.reservations.check;

import java.util.HashMap;
import java.util.Map;

/// What a venue must answer, written down a second time: requests in their order, with the outcome that each must
/// have.
final class VenueRules {
    private final Map<Integer, Integer> taken = new HashMap<>();
    private int seats;
    private int number;

    /// The outcome of the next request.
    String next(Ask ask) {
        number++;
        return switch (ask.kind()) {
            case OPEN -> open(ask.amount());
            case RESERVE -> reserve(ask.amount());
            case CONFIRM -> taken.containsKey(ask.amount()) ? "CONFIRMED" : "NOT_FOUND";
            case CANCEL -> taken.remove(ask.amount()) != null ? "CANCELLED" : "NOT_FOUND";
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

    int free() {
        return seats - taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    static boolean isRefusal(String outcome) {
        return outcome.equals("NO_SEATS") || outcome.equals("NOT_FOUND") || outcome.equals("OPEN_ALREADY");
    }
}
