package io.legion.core;

/// Turns values into bytes and back: the seam between a user's types and everything that stores or sends them.
///
/// **Canonical.** Replicas compare hashes of states, so equal values must give equal bytes, on every node and in
/// every run: no order of a hash table, no time, no address may leak into the bytes.
///
/// **Evolution.** Bytes outlive the version of a program that wrote them. A codec reads what its older versions wrote.
///
/// **Failure.** A value that can not be written and bytes that can not be read are a [CodecException], and nothing
/// else. Neither leaves anything behind: a codec has no state that a failure could harm.
///
/// **Threads.** A codec is used by many threads at once.
///
/// @param <T> the type of the values
public interface Codec<T> {

    /// Writes a value.
    ///
    /// @param value the value, not null
    /// @return its bytes, which belong to the caller
    /// @throws CodecException when the value can not be written
    byte[] encode(T value);

    /// Reads a value. The bytes may come from anyone: a codec neither trusts them nor keeps them.
    ///
    /// @param bytes all the bytes of one value, and no more
    /// @return the value
    /// @throws CodecException when the bytes are not those of a value
    T decode(byte[] bytes);
}
