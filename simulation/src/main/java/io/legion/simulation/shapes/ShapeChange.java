package io.legion.simulation.shapes;

/// A difference between the present classes and what is kept of a version, for people.
///
/// @param what differs, a sentence without its full stop
/// @param why it matters
/// @param cure what to do
record ShapeChange(String what, String why, String cure) {}
