package io.legion.discovery.eureka;

import io.legion.discovery.answer.ListReplies;
import io.legion.discovery.answer.Rendering;
import io.legion.discovery.eureka.InstanceWriter.Extent;
import io.legion.discovery.service.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps the answers about all applications, or what changed of them: each kind once, as long as it is right,
/// unless it is large. Many clients that ask while nothing changes then cost one rendering.
///
/// **Bound.** At most 16 bodies of at most [ListReplies#SMALL] bytes. **Threads.** Any.
final class AnswerCache {
    /// What a client asks for.
    ///
    /// @param delta only what changed lately
    record Kind(boolean delta, Format format, Extent extent, boolean gzip) {
        /// The body of this kind.
        Rendering of(Snapshot snapshot) {
            Rendering plain = out -> format.applications(
                    out,
                    snapshot.all().hashCodeText(),
                    delta
                            ? ShownApplication.changes(snapshot.recent(), extent)
                            : ShownApplication.instances(snapshot.all(), extent));
            return gzip ? plain.gzipped() : plain;
        }

        private long number(Snapshot snapshot) {
            return delta ? snapshot.recentNumber() : snapshot.number();
        }
    }

    /// @param number of what the body lists
    /// @param body empty if it is large
    private record Kept(long number, Optional<byte[]> body) {}

    private final Map<Kind, Kept> kept = new ConcurrentHashMap<>();

    /// The body of this kind for this snapshot, which the caller must not change; empty if it is large.
    Optional<byte[]> body(Snapshot snapshot, Kind kind) {
        return kept.compute(kind, (_, known) -> isRight(known, snapshot, kind) ? known : make(snapshot, kind)).body;
    }

    private static boolean isRight(@Nullable Kept known, Snapshot snapshot, Kind kind) {
        return known != null && known.number == kind.number(snapshot);
    }

    private static Kept make(Snapshot snapshot, Kind kind) {
        return new Kept(kind.number(snapshot), ListReplies.small(kind.of(snapshot)));
    }
}
