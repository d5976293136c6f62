package io.legion.core;

import java.util.Set;

/// The tags under which searches find a partition, as a pure function of its state.
///
/// @param <S> the state
@FunctionalInterface
public interface IndexFunction<S> {
    /// The tags of a state.
    ///
    /// @param state of a partition, not the initial one
    /// @param version the [version][PartitionType#version(int)] of the type that is active
    /// @return at most [PartitionType#MAX_TAGS]
    Set<Tag> tags(S state, int version);
}
