package io.legion.runtime.client;

import io.legion.RequestException;
import io.legion.runtime.host.NodeHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Completes stages while the node is free. A thread of its own completes a stage that has a callback, since
/// the callback may take its time. Other stages complete at once, after the host has released the node.
final class Completions {
    private final NodeHost host;
    private final Executor callbacks;

    Completions(NodeHost host, Executor callbacks) {
        this.host = host;
        this.callbacks = callbacks;
    }

    <T> void complete(CompletableFuture<T> stage, T value) {
        host.afterwards(() -> run(stage, () -> stage.complete(value)));
    }

    void fail(CompletableFuture<?> stage, RequestException failure) {
        host.afterwards(() -> run(stage, () -> stage.completeExceptionally(failure)));
    }

    private void run(CompletableFuture<?> stage, Runnable completion) {
        if (stage.getNumberOfDependents() > 0) {
            callbacks.execute(completion);
        } else {
            completion.run();
        }
    }
}
