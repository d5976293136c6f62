package io.legion.core.codec;

/// A number of a JSON document, as it is written there: no digit is lost before its type is known.
public record JsonNumber(String text) {}
