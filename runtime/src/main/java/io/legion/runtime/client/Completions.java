package io.legion.runtime.client;

import io.legion.RequestException;
import io.legion.runtime.host.NodeHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Completes stages while the node is free, each on a thread of its own: a callback may take its time, and
/// the thread that works for the node may be any caller's.
final class Completions {
    private final NodeHost host;
    private final Executor callbacks;

    Completions(NodeHost host, Executor callbacks) {
        this.host = host;
        this.callbacks = callbacks;
    }

    <T> void complete(CompletableFuture<T> stage, T value) {
        host.afterwards(() -> callbacks.execute(() -> stage.complete(value)));
    }

    void fail(CompletableFuture<?> stage, RequestException failure) {
        host.afterwards(() -> callbacks.execute(() -> stage.completeExceptionally(failure)));
    }
}
