package com.example.reservations.check;

import java.util.List;
import java.util.Optional;

/// What a node said, or nothing.
///
/// @param status 0 if there was no whole response
/// @param fate what the node said about a request without an answer
/// @param session the token with which the caller goes on
record Response(int status, String body, Optional<String> fate, Optional<String> session) {
    static final Response NONE = new Response(0, "", Optional.of("UNKNOWN"), Optional.empty());

    /// True for a receipt or the result of a read.
    boolean isAnswer() {
        return fate.isEmpty() && (status == 200 || status == 409);
    }

    /// True if the same may be asked again. 404 is that of a node whose release does not have it.
    boolean isNoAnswer() {
        return status == 0 || status == 404 || status == 503 || status == 504;
    }

    /// The lines of the body, of which an empty list has one that is empty.
    List<String> rows() {
        return body.lines().filter(line -> !line.isEmpty()).toList();
    }

    boolean hasFate(Operation.Fate one) {
        return fate.filter(name -> name.equals(one.name())).isPresent();
    }
}
