package io.legion.core.shard;

import io.legion.core.PartitionType;
import io.legion.core.codec.ValueText;
import org.jspecify.annotations.Nullable;

/// Says for people what two replicas did otherwise (R91).
///
/// @param own what this one did
/// @param told what the other one says
record DifferenceText(ReplicaState state, HashTrail.Window own, Message.Difference told) {
    String text() {
        return what() + ". " + releases();
    }

    private String there() {
        return "node " + told.from().node();
    }

    private String what() {
        Message.Difference.Part part = told.part();
        if (part == null) {
            return "This replica and " + there() + " differ since before the last " + told.compared()
                    + " events, which they applied alike";
        }
        return part.event() == null ? large(part) : fold(part);
    }

    private String large(Message.Difference.Part part) {
        var state = own.states().get(own.states().size() - 1 - part.back());
        return "One of the last events of " + partition(state.address()) + " led to another state here than at "
                + there() + now(state.address(), part);
    }

    private String fold(Message.Difference.Part part) {
        var folds = own.folds().all();
        var fold = folds.get(folds.size() - 1 - part.back());
        if (!fold.event().equals(part.event())) {
            return "This replica and " + there() + " do not have the same history: " + fold.event() + " here is "
                    + part.event() + " there";
        }
        var result = fold.result();
        return result == null
                ? fold.event() + " has no event here, and has one at " + there()
                : event(fold, result) + " led to " + changed(result, part) + now(result.address(), part);
    }

    private String event(RecentFolds.Fold fold, RecentFolds.Fold.Of result) {
        Class<?> kind = result.kind();
        return "The event " + (kind == null ? "" : kind.getSimpleName() + " ") + fold.event() + " of "
                + partition(result.address()) + ", applied under version " + result.version() + ",";
    }

    private String changed(RecentFolds.Fold.Of here, Message.Difference.Part there) {
        String which = here.outcome() == there.outcome()
                ? "another state"
                : here.state() == there.state() ? "another output" : "another state and another output";
        return which + " here than at " + there();
    }

    private String partition(@Nullable PartitionAddress address) {
        if (address == null) {
            return "a partition with a long key";
        }
        PartitionType<?> type = state.types.find(address.type());
        return "the partition " + address.key() + " of type '"
                + (type == null ? Integer.toHexString(address.type()) : type.name()) + "'";
    }

    /// The first field in which the states differ. Those at the event itself are gone: later events may have changed
    /// them.
    private String now(@Nullable PartitionAddress address, Message.Difference.Part part) {
        Message.CopiedState there = part.now();
        return there == null || address == null ? "" : "; " + states(address, there) + later(part);
    }

    private String states(PartitionAddress address, Message.CopiedState there) {
        try {
            PartitionType<?> type = state.types.require(address.type());
            Object mine = state.infimum.state(address, type);
            Object theirs = there.bytes() == null
                    ? type.initial()
                    : type.stateCodec().decode(there.bytes().shared());
            return mine.equals(theirs)
                    ? "the states are read as equal ones now: " + ValueText.of(mine)
                    : "here and there now: "
                            + ValueText.difference(mine.getClass().getSimpleName(), mine, theirs);
        } catch (RuntimeException | StackOverflowError | LinkageError unreadable) {
            return "the state from there cannot be read here: " + unreadable.getMessage();
        }
    }

    private static String later(Message.Difference.Part part) {
        return part.later() == 0 ? "" : " (events folded there since: " + part.later() + ")";
    }

    private String releases() {
        String here = state.types.release();
        String there = told.release();
        String cause = here.equals(there) && !here.isEmpty()
                ? "So apply is not pure, or one of the stores is damaged"
                : "If the two do something else, one of them has changed without a version of its own; if not, apply is not"
                        + " pure, or one of the stores is damaged";
        return "This node runs " + release(here) + ", " + there() + " runs " + release(there) + ". " + cause;
    }

    private static String release(String name) {
        return name.isEmpty() ? "a release without a name" : "the release '" + name + "'";
    }
}
