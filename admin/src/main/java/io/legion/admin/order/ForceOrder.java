package io.legion.admin.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `/force`.
public record ForceOrder(@Nullable List<String> lost) {}
