package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.core.EventFailedException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An event that calls Legion while it is applied fails at once and says why, and holds up nobody.
@Timeout(60)
final class CallingBackTest {
    /// Whoever waited for an answer would fail the test.
    private static final Duration LONG = Duration.ofMinutes(10);

    private static Legion open() {
        return Legion.named("calls").shards(4).requestTimeout(LONG).open(Calls.TYPE);
    }

    @Test
    void noCallOfLegionIsTakenFromWithinAnEvent() {
        try (var legion = open()) {
            refusesAllCallsOf(legion, legion);
        }
    }

    /// Three nodes in one process are usual in tests.
    @Test
    void norIsACallOfAnotherLegionOfTheProcess() {
        try (var legion = open();
                var other = open()) {
            refusesAllCallsOf(other, legion);
        }
    }

    private static void refusesAllCallsOf(Legion called, Legion legion) {
        var inner = called.partitions(Calls.TYPE);
        var harmless = new Calls.Doing("nothing");
        Map<String, Runnable> all = new TreeMap<>(Map.of(
                "read", () -> inner.of("b").read(Consistency.FAST),
                "final read", () -> inner.of("b").read(Consistency.FINAL),
                "later read", () -> inner.of("b").readAsync(Consistency.FAST),
                "request", () -> inner.of("b").request(harmless, Consistency.FAST),
                "later request", () -> inner.of("b").requestAsync(harmless, Consistency.FINAL),
                "search", () -> inner.search(Search.all()),
                "place", () -> inner.of("b").isServedHere(),
                "members", () -> called.operations().members(),
                "leave", () -> called.operations().leave(LONG),
                "close", called::close));
        var outer = legion.partitions(Calls.TYPE).of("a");
        all.forEach((name, call) -> {
            var event = Calls.doing(name, () -> {
                call.run();
                return 1L;
            });
            for (var consistency : Consistency.values()) {
                assertThatThrownBy(() -> outer.request(event, consistency).output())
                        .as(name)
                        .isInstanceOf(EventFailedException.class)
                        .hasMessageContaining("called from within its own work");
            }
        });
        assertThat(outer.request(harmless, Consistency.FINAL).output()).isEqualTo(1);
        assertThat(inner.of("b").read(Consistency.FINAL).count()).isZero();
    }

    @Test
    void aCallbackMayCallLegion() throws Exception {
        try (var legion = open()) {
            var calls = legion.partitions(Calls.TYPE);
            var second = calls.of("a")
                    .requestAsync(new Calls.Doing("nothing"), Consistency.FAST)
                    .thenApply(_ -> calls.of("a").request(new Calls.Doing("nothing"), Consistency.FAST))
                    .toCompletableFuture()
                    .get();
            assertThat(second.output()).isEqualTo(2);
        }
    }

    @Test
    void aCallbackMayCloseLegion() throws Exception {
        var legion = open();
        var calls = legion.partitions(Calls.TYPE);
        calls.of("a")
                .requestAsync(new Calls.Doing("nothing"), Consistency.FAST)
                .thenAccept(_ -> legion.close())
                .toCompletableFuture()
                .get();
        assertThatThrownBy(() -> calls.of("a").read(Consistency.FAST)).isInstanceOf(RequestException.Closed.class);
    }

    /// What an event does to the thread that applies it: it is somebody else's.
    @Test
    void anEventSeesTheClassLoaderOfWhoOpenedTheLegionAndNotItsCallers() throws Exception {
        var seen = new AtomicReference<ClassLoader>();
        var own = Thread.currentThread().getContextClassLoader();
        try (var legion = open()) {
            var event = Calls.doing("loader", () -> {
                seen.set(Thread.currentThread().getContextClassLoader());
                return 1L;
            });
            var strange = new ClassLoader(own) {};
            var after = new AtomicReference<ClassLoader>();
            var caller = Thread.ofPlatform().unstarted(() -> {
                legion.partitions(Calls.TYPE).of("a").request(event, Consistency.FAST);
                after.set(Thread.currentThread().getContextClassLoader());
            });
            caller.setContextClassLoader(strange);
            caller.start();
            caller.join();
            assertThat(seen).hasValue(own);
            assertThat(after).hasValue(strange);
        }
    }
}
