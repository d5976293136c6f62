package io.legion;

import io.legion.service.ByteSize;
import io.legion.service.Configuration;
import io.legion.service.Default;
import java.time.Duration;

/// How replicas work together. The defaults fit nearly every service. The three about remembered requests
/// are fixed when a cluster is founded; these and `hashEvery` must be the same on all its nodes: a node
/// that differs is kept out.
///
/// @param clockAhead how far the clock of another node may be ahead before its events wait until it is set
///     right
/// @param resend how long a replica waits for another one's word before it says the same again
/// @param decideTimeout how long a proposer waits for a majority before it tries again
/// @param returnTimeout how long a returning replica waits at most for the others to say what they know of it,
///     before it serves
/// @param rememberedOutputs for how many of the last folded requests a shard remembers the output, for retries
/// @param requestMemory the most that a shard remembers of applied requests: a client's numbers without gaps
///     count 128 bytes, however many they are, a single id 64. When that is full, the shard forgets the oldest
///     ids before twice `rememberedFor`, and says so
/// @param rememberedFor within which time, by the times of events, a request that is tried again counts once; a
///     shard keeps ids for twice as long
/// @param maxOutstanding how many events of a shard may be outstanding before it refuses requests
/// @param hashEvery after how many folds replicas compare a hash of their history and states
/// @param piece the size at which a piece of a copy to a joining participant ends
public record ReplicationSettings(
        @Default("1m") Duration clockAhead,
        @Default("400ms") Duration resend,
        @Default("2s") Duration decideTimeout,
        @Default("2s") Duration returnTimeout,
        @Default("1024") int rememberedOutputs,
        @Default("2 MiB") ByteSize requestMemory,
        @Default("1h") Duration rememberedFor,
        @Default("100000") int maxOutstanding,
        @Default("64") int hashEvery,
        @Default("64 KiB") ByteSize piece) {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int MOST_OUTPUTS = 1 << 20;
    private static final long LEAST_MEMORY_BYTES = 1 << 10;
    private static final long MOST_MEMORY_BYTES = 16 << 20;
    private static final long MOST_PIECE_BYTES = 64 << 20;

    /// @throws IllegalArgumentException if a value is out of its range; the message names it
    public ReplicationSettings {
        within("clockAhead", clockAhead, Duration.ZERO);
        within("resend", resend, Duration.ofMillis(1));
        within("decideTimeout", decideTimeout, Duration.ofMillis(1));
        within("returnTimeout", returnTimeout, Duration.ZERO);
        within("rememberedFor", rememberedFor, Duration.ZERO);
        within("rememberedOutputs", rememberedOutputs, MOST_OUTPUTS);
        within("requestMemory", requestMemory, LEAST_MEMORY_BYTES, MOST_MEMORY_BYTES);
        within("maxOutstanding", maxOutstanding, Integer.MAX_VALUE);
        within("hashEvery", hashEvery, Integer.MAX_VALUE);
        within("piece", piece, 1, MOST_PIECE_BYTES);
    }

    /// The defaults.
    public static ReplicationSettings defaults() {
        return Configuration.defaults(ReplicationSettings.class);
    }

    /// These settings with another [#clockAhead()].
    public ReplicationSettings withClockAhead(Duration value) {
        return Configuration.with(this, "clockAhead", value);
    }

    /// These settings with another [#resend()].
    public ReplicationSettings withResend(Duration value) {
        return Configuration.with(this, "resend", value);
    }

    /// These settings with another [#decideTimeout()].
    public ReplicationSettings withDecideTimeout(Duration value) {
        return Configuration.with(this, "decideTimeout", value);
    }

    /// These settings with another [#returnTimeout()].
    public ReplicationSettings withReturnTimeout(Duration value) {
        return Configuration.with(this, "returnTimeout", value);
    }

    /// These settings with another [#rememberedOutputs()].
    public ReplicationSettings withRememberedOutputs(int value) {
        return Configuration.with(this, "rememberedOutputs", value);
    }

    /// These settings with another [#requestMemory()].
    public ReplicationSettings withRequestMemory(ByteSize value) {
        return Configuration.with(this, "requestMemory", value);
    }

    /// These settings with another [#rememberedFor()].
    public ReplicationSettings withRememberedFor(Duration value) {
        return Configuration.with(this, "rememberedFor", value);
    }

    /// These settings with another [#maxOutstanding()].
    public ReplicationSettings withMaxOutstanding(int value) {
        return Configuration.with(this, "maxOutstanding", value);
    }

    /// These settings with another [#hashEvery()].
    public ReplicationSettings withHashEvery(int value) {
        return Configuration.with(this, "hashEvery", value);
    }

    /// These settings with another [#piece()].
    public ReplicationSettings withPiece(ByteSize value) {
        return Configuration.with(this, "piece", value);
    }

    private static void within(String name, Duration value, Duration least) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(LONGEST) <= 0,
                name + " must be from " + least.toMillis() + "ms to " + LONGEST.toDays() + "d, not " + value);
    }

    private static void within(String name, int value, int most) {
        require(value >= 1 && value <= most, name + " must be from 1 to " + most + ", not " + value);
    }

    private static void within(String name, ByteSize value, long least, long most) {
        require(
                value.bytes() >= least && value.bytes() <= most,
                name + " must be from " + new ByteSize(least) + " to " + new ByteSize(most) + ", not " + value);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
