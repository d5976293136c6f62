package io.legion.command.client;

/// What somebody sees who looks at an address that does not answer as it should.
///
/// @param what what is there, and what that most likely means
/// @param next what to do
public record Sign(String what, String next) {}
