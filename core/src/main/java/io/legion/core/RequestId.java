package io.legion.core;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The name of a request, kept through all its retries. It stands for one event of one partition: a shard that
/// knows an id answers a repeat as the first time, and refuses another event under the same id.
///
/// There are two kinds:
///
/// - *Single ids*, from whatever a caller has that names a request, such as an HTTP header ([#of(String)],
///   [#of(Bytes)]). A shard remembers each of them by itself.
/// - *Numbers* of a client, as Legion's own clients draw them. A client numbers its requests to one shard one
///   by one, and a shard remembers them as runs without gaps, which costs little however many they are.
///
/// @param client the client that made it; odd for a single id
/// @param number the client's own number
public record RequestId(long client, long number) implements Comparable<RequestId> {
    /// The longest name that an id can be made from, in bytes.
    public static final int MAX_BYTES = 1024;

    /// 2^64 divided by the golden ratio, odd: it sends neighbours far apart.
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /// The lowest bit of the client marks single ids.
    private static final long SINGLE = 1;

    /// The id of the request that this text names: the same for the same text, on every machine and in every
    /// release. It is that of the text's bytes in UTF-8.
    ///
    /// Two callers must not give two requests one text: put what tells them apart, such as the account, in
    /// front.
    ///
    /// @throws IllegalArgumentException if the text is empty, longer than [#MAX_BYTES] in UTF-8, or has half of
    ///     a surrogate pair, which has no UTF-8
    public static RequestId of(String text) {
        return of(Bytes.of(text));
    }

    /// The id of the request that these bytes name: the first 128 bits of their SHA-256, of which one bit marks
    /// it as a single id.
    ///
    /// @throws IllegalArgumentException if there are no bytes, or more than [#MAX_BYTES]
    public static RequestId of(Bytes name) {
        if (name.size() == 0 || name.size() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a request id is made from 1 to " + MAX_BYTES + " bytes, not from " + name.size());
        }
        var digest = ByteBuffer.wrap(sha256().digest(name.shared()));
        return new RequestId(digest.getLong() | SINGLE, digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// A number for a client that numbers its requests one by one. It is even, so that none of its ids is a
    /// single one.
    ///
    /// @param random any number
    public static long client(long random) {
        return random & ~SINGLE;
    }

    /// True if a shard remembers this id by itself, and not as one of a client's numbers.
    public boolean isSingle() {
        return (client & SINGLE) != 0;
    }

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
