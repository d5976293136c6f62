package com.example.reservations;

import java.time.Instant;

/// Seats that are taken.
///
/// @param customer for whom
/// @param seats how many, at least 1
/// @param since when they were taken
/// @param confirmed false while they are only held
public record Reservation(String customer, int seats, Instant since, boolean confirmed) {
    Reservation confirm() {
        return new Reservation(customer, seats, since, true);
    }
}
