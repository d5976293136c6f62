package io.legion.core;

/// Turns values into bytes and back: the seam between a user's types and everything that stores or sends them.
///
/// **Canonical.** Replicas compare hashes of states, so equal values must give equal bytes, on every node and
/// in every run: no order of a hash table, no time, no address may leak into the bytes.
///
/// **Evolution.** Bytes outlive the version that wrote them. A codec reads what its older versions wrote.
///
/// **Failure.** A codec throws [CodecException], and nothing else, for a value that it cannot write or bytes
/// that it cannot read. A failure leaves nothing behind: a codec has no state that it could harm.
///
/// **Threads.** Many threads use a codec at once.
///
/// @param <T> the type of the values
public interface Codec<T> {

    /// Writes a value.
    ///
    /// @param value the value, not null
    /// @return its bytes, which belong to the caller
    /// @throws CodecException when the value cannot be written
    byte[] encode(T value);

    /// Reads a value. The bytes may come from anyone: a codec neither trusts them nor keeps them.
    ///
    /// @param bytes all the bytes of one value, and no more
    /// @return the value
    /// @throws CodecException when the bytes are not those of a value
    T decode(byte[] bytes);
}
