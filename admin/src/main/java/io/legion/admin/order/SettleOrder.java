package io.legion.admin.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `/backup/settle`.
public record SettleOrder(
        @Nullable List<Integer> shards, @Nullable Long patienceMillis) {}
