package io.legion.runtime;

import io.legion.core.RequestId;
import io.legion.service.Monitor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The lanes of this node and their threads: brings requests to the lane of their shard.
///
/// **Threads.** Any.
final class Hosting {
    private final LegionSettings settings;
    private final InstantSource clock;
    private final Store store;
    private final RequestIds ids;
    private final Meters meters;
    private final List<LaneHost> hosts = new ArrayList<>();
    private final List<Completions> completions = new ArrayList<>();
    private final List<Monitor.Registration> gauges = new ArrayList<>();
    private final ExecutorService keeper = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("legion-keeper-", 0).factory());
    private final Executor callbacks =
            task -> Thread.ofVirtual().name("legion-callback").start(task);
    private final Thread ticker;
    private volatile boolean closing;

    /// @param lanes makes the lane of each number
    Hosting(
            LegionSettings settings,
            Store store,
            RequestIds ids,
            InstantSource clock,
            Monitor monitor,
            Function<Integer, Lane> lanes) {
        this.settings = settings;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.meters = new Meters(monitor);
        for (int i = 0; i < settings.laneCount(); i++) {
            var host = new LaneHost(lanes.apply(i), settings.mailbox(), clock, keeper);
            hosts.add(host);
            completions.add(new Completions(host, callbacks));
            gauges.add(monitor.tagged("lane", Integer.toString(i)).gauge("legion.mailbox", host::depth));
        }
        ticker = Thread.ofPlatform().daemon().name("legion-ticker").start(this::tick);
    }

    /// Gives a call to the lane of its shard, and waits until its slot is filled or the time is over.
    void run(int shard, Input call, Slot slot, @Nullable RequestId id) {
        requireOpen(id);
        long deadline = System.nanoTime() + settings.requestTimeout().toNanos();
        if (!host(shard).submit(call)) {
            throw refused(id);
        }
        if (!slot.isFilled()) {
            slot.await(deadline);
        }
    }

    /// Gives a call to the lane of its shard.
    void start(int shard, Input call, @Nullable RequestId id) {
        requireOpen(id);
        boolean forces = settings.durability() == Durability.FORCED;
        var host = host(shard);
        if (!(forces ? host.submitAway(call) : host.submit(call))) {
            throw refused(id);
        }
    }

    void requireOpen(@Nullable RequestId id) {
        if (closing) {
            throw new RequestException.Closed(
                    "this Legion is closed; nothing was changed", id, RequestException.Fate.NOT_APPLIED);
        }
    }

    private RequestException refused(@Nullable RequestId id) {
        meters.refused();
        return new RequestException.Overloaded(
                settings.mailbox() + " requests wait already (the setting mailbox). Nothing was changed; "
                        + "try again after a while.",
                id);
    }

    LaneHost host(int shard) {
        return hosts.get(shard % hosts.size());
    }

    Completions completions(int shard) {
        return completions.get(shard % hosts.size());
    }

    RequestIds ids() {
        return ids;
    }

    Meters meters() {
        return meters;
    }

    Store store() {
        return store;
    }

    int shards() {
        return settings.shards();
    }

    long maxEventBytes() {
        return settings.maxEvent().bytes();
    }

    Duration timeout() {
        return settings.requestTimeout();
    }

    long deadlineMillis() {
        return clock.millis() + settings.requestTimeout().toMillis();
    }

    private void tick() {
        while (!closing) {
            pause(settings.tick());
            for (LaneHost host : hosts) {
                host.tick();
            }
        }
    }

    /// Refuses what is new, lets what is under way come to its end, for a while, and tells the rest.
    void close() {
        long deadline = System.nanoTime() + settings.closeTimeout().toNanos();
        while (!hosts.stream().allMatch(LaneHost::isQuiet) && System.nanoTime() < deadline) {
            pause(Duration.ofMillis(1));
        }
        closing = true;
        ticker.interrupt();
        for (LaneHost host : hosts) {
            host.withLane(Lane::close);
        }
        gauges.forEach(Monitor.Registration::close);
        keeper.shutdown();
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
