package io.legion.discovery.eureka;

import io.legion.discovery.eureka.InstanceWriter.Extent;
import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.service.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.node.ObjectNode;

/// Makes the large answers, all applications or what changed of them, and keeps each kind once. Many clients
/// that ask within the age of a snapshot then cost one rendering.
///
/// **Bound.** At most 16 bodies, of one snapshot. **Threads.** Any.
final class AnswerCache {
    /// What a client asks for.
    ///
    /// @param delta only what changed lately
    record Kind(boolean delta, Format format, Extent extent, boolean gzip) {}

    /// How far a delta reaches back.
    private static final long DELTA_MILLIS = Application.KEEP_REMOVED_MILLIS;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(Snapshot snapshot, byte[] body) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return "Kept[" + body.length + " bytes]";
        }
    }

    private final Map<Kind, Kept> kept = new ConcurrentHashMap<>();

    /// The body of this kind for this snapshot, which the caller must not change.
    @SuppressWarnings("ReferenceEquality") // the very same snapshot is meant: comparing two takes longer than rendering
    byte[] body(Snapshot snapshot, Kind kind) {
        return kept.compute(
                        kind,
                        (_, known) -> known != null && known.snapshot == snapshot
                                ? known
                                : new Kept(snapshot, make(snapshot, kind)))
                .body;
    }

    private static byte[] make(Snapshot snapshot, Kind kind) {
        var applications =
                kind.delta ? changed(snapshot, kind.extent) : all(snapshot.applications(), kind.extent, _ -> true);
        var body = kind.format.applications(snapshot.hashCodeText(), applications);
        return kind.gzip ? compress(body) : body;
    }

    /// The applications with the instances for which the condition holds.
    static Stream<ObjectNode> all(List<Snapshot.Named> applications, Extent extent, Predicate<Lease> condition) {
        return applications.stream()
                .map(named -> Format.application(
                        named.name(),
                        named.state().leases().values().stream()
                                .filter(condition)
                                .map(lease -> InstanceWriter.write(lease, extent, InstanceWriter.action(lease)))
                                .toList()))
                .filter(node -> !node.get("instance").isEmpty());
    }

    private static Stream<ObjectNode> changed(Snapshot snapshot, Extent extent) {
        long since = snapshot.takenMillis() - DELTA_MILLIS;
        return snapshot.applications().stream()
                .map(named -> Format.application(named.name(), changed(named.state(), extent, since)))
                .filter(node -> !node.get("instance").isEmpty());
    }

    private static List<ObjectNode> changed(Application application, Extent extent, long since) {
        var nodes = new ArrayList<ObjectNode>();
        application.leases().values().stream()
                .filter(lease -> lease.times().changed() >= since)
                .forEach(lease -> nodes.add(InstanceWriter.write(lease, extent, InstanceWriter.action(lease))));
        application.removed().values().stream()
                .filter(lease -> lease.times().changed() >= since)
                .forEach(lease -> nodes.add(InstanceWriter.write(lease, extent, "DELETED")));
        return nodes;
    }

    static byte[] compress(byte[] body) {
        var out = new ByteArrayOutputStream(body.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
