package io.legion.core;

/// The name of a request, kept through all its retries: the client that made it and the client's own number.
///
/// A client numbers its requests to one shard without gaps where it can; Legion's own clients do. That keeps
/// what a
/// shard must remember about a client small.
public record RequestId(long client, long number) implements Comparable<RequestId> {
    @Override
    public int compareTo(RequestId other) {
        int byClient = Long.compareUnsigned(client, other.client);
        return byClient != 0 ? byClient : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toHexString(client) + "#" + number;
    }
}
