package io.legion.core;

/// The name of a request, kept through all its retries: the client that made it and the client's own number.
///
/// A client numbers its requests to one shard without gaps where it can; Legion's own clients do. Then a shard
/// must remember little about a client.
public record RequestId(long client, long number) implements Comparable<RequestId> {
    /// 2^64 divided by the golden ratio, odd: it sends neighbours far apart.
    private static final long MIX = 0x9E3779B97F4A7C15L;

    @Override
    public int compareTo(RequestId other) {
        int byClient = Long.compareUnsigned(client, other.client);
        return byClient != 0 ? byClient : Long.compare(number, other.number);
    }

    // Written out, as for the other map keys on the way of every request: the compiler's methods of a record
    // cost several times as much, and hash neighbouring clients and numbers to the same few places.

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
