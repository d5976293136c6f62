package io.legion.admin.document;

import org.jspecify.annotations.Nullable;

/// The body of `/loggers`.
public record LoggersOrder(@Nullable String threshold) {}
