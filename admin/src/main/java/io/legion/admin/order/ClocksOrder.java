package io.legion.admin.order;

import org.jspecify.annotations.Nullable;

/// The body of `/clocks`.
public record ClocksOrder(@Nullable Long acceptAheadMillis) {}
