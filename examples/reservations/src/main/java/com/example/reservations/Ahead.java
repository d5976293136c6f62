package com.example.reservations;

import io.legion.Legion;
import io.legion.Partition;
import io.legion.core.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Stands in for what Legion does not have yet: `legion.session()`, `legion.session(token)`, `partition.in(session)`
/// and `RequestId.of(text)`.
final class Ahead {
    record Session(String token) {}

    private Ahead() {}

    static Session session(Legion legion) {
        return new Session("none");
    }

    static Session session(Legion legion, String token) {
        return new Session(token);
    }

    static <S> Partition<S> in(Partition<S> partition, Session session) {
        return partition;
    }

    static RequestId requestId(String text) {
        var hash = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return new RequestId(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }
}
