package io.legion.admin.document;

import org.jspecify.annotations.Nullable;

/// The body of `/clocks`.
public record ClocksOrder(@Nullable Long acceptAheadMillis) {}
