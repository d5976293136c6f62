package io.legion.admin.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `/force`.
public record ForceOrder(@Nullable List<String> lost) {}
