package io.legion.runtime.client;

import io.legion.RequestException;
import io.legion.runtime.host.NodeHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Completes stages with the node free. A stage on which somebody has hung a callback is completed by a thread
/// of its own, since the callback may take its time; the others at once, after the node has been released.
final class Completions {
    private final NodeHost host;
    private final Executor callbacks;

    Completions(NodeHost host, Executor callbacks) {
        this.host = host;
        this.callbacks = callbacks;
    }

    <T> void complete(CompletableFuture<T> stage, Supplier<T> value) {
        host.afterwards(() -> run(stage, () -> {
            try {
                stage.complete(value.get());
            } catch (RuntimeException undecodable) {
                stage.completeExceptionally(undecodable);
            }
        }));
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
