package com.example.reservations;

/// What whoever sent a request gets for it.
///
/// @param number the request's place in the venue's book, from 1; it names the reservation that the request made
/// @param outcome what came of the request
public record Receipt(int number, Outcome outcome) {}
