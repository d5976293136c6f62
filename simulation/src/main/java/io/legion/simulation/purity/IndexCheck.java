package io.legion.simulation.purity;

import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.core.codec.ValueText;
import io.legion.operations.ByteText;
import java.util.List;

/// Asks the index function for the tags of equal states, which have to be equal.
final class IndexCheck<S> {
    private final PartitionType<S> type;
    private final long seed;

    IndexCheck(PartitionType<S> type, long seed) {
        this.type = type;
        this.seed = seed;
    }

    /// @param equal the same state, read again
    /// @param shuffled the same state, with its sets and maps in another order
    void check(S state, S equal, S shuffled) {
        if (!type.isIndexed()) {
            return;
        }
        var once = tags(state);
        require(state, once, tags(equal), "gives other tags when it is called again for an equal state");
        require(
                state,
                once,
                tags(shuffled),
                "depends on the order in which a set or a map of the state is gone through");
        require(state, once, Elsewhere.get(() -> tags(equal)), "depends on the locale or the time zone");
    }

    private List<Tag> tags(S state) {
        return List.copyOf(type.tags(state));
    }

    private void require(S state, List<Tag> once, List<Tag> again, String fault) {
        if (!again.equals(once)) {
            throw new AssertionError("the index function of the partition type '" + type + "' " + fault + ": "
                    + shown(once) + " and " + shown(again)
                    + ", so searches would find something else on each node. It must depend on nothing but the state and"
                    + " the version. The state was " + ValueText.of(state) + " (seed " + seed + ")");
        }
    }

    private static String shown(List<Tag> tags) {
        return ValueText.of(tags.stream().map(tag -> ByteText.of(tag.bytes())).toList());
    }
}
