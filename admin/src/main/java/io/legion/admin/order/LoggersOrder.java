package io.legion.admin.order;

import org.jspecify.annotations.Nullable;

/// The body of `/loggers`.
public record LoggersOrder(@Nullable String threshold) {}
