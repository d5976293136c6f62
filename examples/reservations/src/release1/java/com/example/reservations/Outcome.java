package com.example.reservations;

/// What came of a request.
public enum Outcome {
    /// The venue is open now.
    OPENED,
    /// It was open already; nothing changed.
    OPEN_ALREADY,
    /// The seats are held for the customer, under the receipt's number.
    HELD,
    /// There are not enough free seats; nothing changed.
    NO_SEATS,
    /// The reservation is confirmed now.
    CONFIRMED,
    /// The reservation is gone, and its seats are free.
    CANCELLED,
    /// There is no reservation of that number; nothing changed.
    NOT_FOUND;

    /// True if nothing changed but the venue's book.
    public boolean isRefusal() {
        return this == OPEN_ALREADY || this == NO_SEATS || this == NOT_FOUND;
    }
}
