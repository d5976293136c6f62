package com.example.reservations.check;

/// What a caller wants of a venue.
///
/// @param amount the seats of OPEN and RESERVE, the number of a reservation of the others
record Ask(Kind kind, int amount) {
    enum Kind {
        OPEN,
        RESERVE,
        CONFIRM,
        CANCEL,
        REFUND
    }

    String method() {
        return kind == Kind.CANCEL ? "DELETE" : "POST";
    }

    /// The path and the query, which the kind of the answer follows.
    String target(VenueHistory venue, String customer) {
        var path = "/venues/" + venue.venue();
        return switch (kind) {
            case OPEN -> path + "?seats=" + amount + venue.price() + "&";
            case RESERVE -> path + "/reservations?customer=" + customer + "&seats=" + amount + "&";
            case CONFIRM -> path + "/reservations/" + amount + "/confirm?";
            case REFUND -> path + "/reservations/" + amount + "/refund?";
            case CANCEL -> path + "/reservations/" + amount + "?";
        };
    }
}
