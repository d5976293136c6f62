package io.legion.simulation.checkers;

import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventCodecs;
import io.legion.core.codec.ValueText;
import io.legion.simulation.history.Chronicle;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.World;
import java.util.Optional;

/// What two replicas made of one event, for the message.
final class TwoOutcomes {
    private static final int APPLIED = 1;
    private static final int FAILED = 2;

    private final World world;

    TwoOutcomes(World world) {
        this.world = world;
    }

    /// A sentence that goes on after the name of the first replica; empty if they folded different events, or nobody
    /// asked for it.
    Optional<String> differ(Chronicle.Folded one, Chronicle.Folded other) {
        return one.position() == other.position() && one.event().equals(other.event())
                ? wish(one)
                        .map(wish -> " made of " + ValueText.of(wish.event()) + " in the partition " + wish.key()
                                + " something else than another replica: " + difference(wish, one, other))
                : Optional.empty();
    }

    private Optional<Workload.Wish> wish(Chronicle.Folded folded) {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            for (Inquiry inquiry : world.inquiries.of(shard)) {
                if (inquiry.id.equals(folded.request()) && inquiry.wish != null) {
                    return Optional.of(inquiry.wish);
                }
            }
        }
        return Optional.empty();
    }

    private static String difference(Workload.Wish wish, Chronicle.Folded one, Chronicle.Folded other) {
        return one.kind() == APPLIED && other.kind() == APPLIED
                ? ValueText.difference("the output", output(wish, one.body()), output(wish, other.body()))
                : end(wish, one) + ", and " + end(wish, other);
    }

    private static String end(Workload.Wish wish, Chronicle.Folded folded) {
        return switch (folded.kind()) {
            case APPLIED -> "the output " + ValueText.of(output(wish, folded.body()));
            case FAILED -> "a failure (" + folded.body().text() + ")";
            default -> "nothing";
        };
    }

    @SuppressWarnings("unchecked")
    private static <S> Object output(Workload.Wish wish, Bytes body) {
        var event = (Event<S, Object>) wish.event();
        var codecs = (EventCodecs<S>) wish.type().eventCodecs();
        return codecs.outputs(event).decode(body.shared());
    }
}
