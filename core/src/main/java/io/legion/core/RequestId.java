package io.legion.core;

/// The name of a request, kept through all its retries: the client that made it and the client's own number.
///
/// A client numbers its requests to one shard without gaps where it can; Legion's own clients do. That keeps
/// small what a shard must remember about a client.
public record RequestId(long client, long number) implements Comparable<RequestId> {
    /// Two to the 64th by the golden ratio, odd: neighbours end far apart.
    private static final long MIX = 0x9E3779B97F4A7C15L;

    @Override
    public int compareTo(RequestId other) {
        int byClient = Long.compareUnsigned(client, other.client);
        return byClient != 0 ? byClient : Long.compare(number, other.number);
    }

    // Written out, as in the other names that are keys of maps on the way of every request: what the compiler gives a
    // record costs several times as much, and hashes neighbours among clients and numbers to the same few places.

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestId that && client == that.client && number == that.number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(client * MIX + number);
    }

    @Override
    public String toString() {
        return Long.toHexString(client) + "#" + number;
    }
}
