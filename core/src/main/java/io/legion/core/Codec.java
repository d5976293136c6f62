package io.legion.core;

import io.legion.core.codec.RecordCodec;
import java.lang.reflect.Type;

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

    /// Whether nothing, at any depth, can change a value that this codec has read or that [#own] has given.
    ///
    /// If so, Legion hands its own value to events, index functions and callers. If not, each gets a copy, and
    /// an event costs some more writing and reading. A codec for a type without mutable parts gives true.
    ///
    /// @return false, unless a codec says otherwise
    default boolean isImmutable() {
        return false;
    }

    /// A value as Legion keeps it: equal to what reading its bytes gives, down to the order of sets and maps,
    /// and without a part that anyone else can change. What a replica has in memory is then what it finds in
    /// its store after a restart.
    ///
    /// @param value a value from anyone, who may go on changing it
    /// @return its bytes read back, unless a codec knows a cheaper way; the value itself if it
    ///     [is immutable][#isImmutable]
    /// @throws CodecException when the value cannot be written
    default T own(T value) {
        return isImmutable() ? value : decode(encode(value));
    }

    /// The codec that writes as `version` of the service wrote: what a later version brought ([Since]) is left out.
    /// It reads the bytes of all versions.
    ///
    /// @param version of the partition type, from 1 on
    /// @return this codec, unless a codec says otherwise
    default Codec<T> at(int version) {
        return this;
    }

    /// The version from which on this codec writes everything: [#at] gives this codec from there on.
    ///
    /// @return 1, unless a codec says otherwise
    default int newestVersion() {
        return 1;
    }

    /// The first version whose bytes lose nothing of a value.
    ///
    /// @return 1, unless a codec says otherwise
    default int firstVersionOf(T value) {
        return 1;
    }

    /// The codec that Legion derives from a class: a record, a sealed interface of records, or another supported
    /// class (docs/codec.md). This takes milliseconds: do it once for each type.
    ///
    /// @throws IllegalArgumentException if a component has a type that is not supported, or cannot be accessed;
    ///     the message names it
    static <T> Codec<T> derived(Class<T> type) {
        return derived(type, CodecLimits.DEFAULT);
    }

    /// As [#derived(Class)], with limits of the caller's choice.
    static <T> Codec<T> derived(Class<T> type, CodecLimits limits) {
        return RecordCodec.of(type, limits);
    }

    /// As [#derived(Class)], for a type with type arguments that was found by reflection.
    ///
    /// @param type the caller makes sure that it is `T`
    @SuppressWarnings("TypeParameterUnusedInFormals")
    static <T> Codec<T> derived(Type type) {
        return RecordCodec.of(type);
    }

    /// The format of a derived codec as text, one line for each name on the wire: whoever keeps it in a test
    /// sees when a change of the classes changes it.
    ///
    /// @throws IllegalArgumentException as [#derived(Class)]
    static String describe(Class<?> type) {
        return RecordCodec.of(type).describe();
    }
}
