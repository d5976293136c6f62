package io.legion.operations;

/// A partition type of a service, by which the states in a backup can be told apart and read.
///
/// @param name of the type
/// @param number which stands for the name in stored data
/// @param shape of its states and events, as [io.legion.spi.TypeDescription] writes it; where the codec is the user's
///     own, that part is empty
/// @param version the highest that was active in a shard of the node that says so; 0 if that is not known, as in a
///     backup from before there were versions
public record TypeShape(String name, int number, String shape, int version) {
    /// A type of which no version is known.
    public TypeShape(String name, int number, String shape) {
        this(name, number, shape, 0);
    }
}
