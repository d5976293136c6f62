package io.legion.operations;

/// A partition type of a service, by which the states in a backup can be told apart and read.
///
/// @param name of the type
/// @param number which stands for the name in stored data
/// @param shape of its states and events, as [io.legion.spi.TypeDescription] writes it; where the codec is the user's
///     own, that part is empty
public record TypeShape(String name, int number, String shape) {}
