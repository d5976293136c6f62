package com.example.reservations;

import io.legion.Partition;
import io.legion.core.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Stands in for `io.legion.Session` and `RequestId.of(String)`.
record Session(String token) {
    static Session begin() {
        return new Session("none");
    }

    static Session of(String token) {
        return new Session(token);
    }

    <S> Partition<S> in(Partition<S> partition) {
        return partition;
    }

    static RequestId requestId(String text) {
        var hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return new RequestId(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }
}
