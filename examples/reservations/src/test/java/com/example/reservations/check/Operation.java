package com.example.reservations.check;

/// One request as its caller saw it, all attempts together.
///
/// @param reference its idempotency key
/// @param end when the caller had the answer, or gave up
/// @param fate what the caller knows in the end
/// @param number the answered place in the venue's book; 0 without an answer
/// @param outcome as answered; empty without an answer
record Operation(String reference, Ask ask, long beginNanos, long endNanos, Fate fate, int number, String outcome) {
    enum Fate {
        /// It has its receipt.
        ANSWERED,
        /// The service said that it was applied, and that the receipt is forgotten.
        APPLIED,
        /// Each attempt was answered with the word that nothing was changed.
        NOT_APPLIED,
        UNKNOWN
    }

    boolean isApplied() {
        return fate == Fate.ANSWERED || fate == Fate.APPLIED;
    }

    /// As a line of the book.
    String line() {
        return reference + " " + outcome;
    }
}
