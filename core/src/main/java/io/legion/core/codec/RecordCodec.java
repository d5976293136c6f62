package io.legion.core.codec;

import io.legion.core.Codec;
import io.legion.core.CodecException;
import io.legion.core.CodecLimits;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The default codec: derived once from a type, without annotations, generated sources or dependencies.
///
/// **Shapes.** Records, sealed interfaces of records, enums, primitives and their boxes, `String`, `byte[]`,
/// `Bytes`, `Optional`, `List`, `Set`, `Map`, `SortedSet`, `SortedMap`, `UUID`, `Instant`, `Duration`,
/// `LocalDate`, `LocalDateTime`, `BigInteger`, `BigDecimal`, `URI`, inside each other and with type parameters.
/// Making a codec refuses any other type, with the path to the component.
///
/// **Evolution.** Fields go by name; their order means nothing. A field that the bytes do not have is zero (0,
/// false, null, empty), and a compact constructor may turn that into any other default. The codec skips a field
/// that the record no longer has. `int` may become `long`, and a value `Optional`. [io.legion.core.WireName] keeps
/// the old name of what is renamed.
///
/// **Canonical.** Equal values have equal bytes. The codec writes sets and maps in the order of the bytes of
/// their keys. Those that it reads are unmodifiable and iterate in that order, in every run.
///
/// **Safety.** The codec makes only types that are reachable from the given one: bytes name no classes.
/// Malformed bytes give a [CodecException] and nothing else, within the [CodecLimits].
///
/// **Threads.** Any number may use a codec at once; its fields never change, except for a spare output.
///
/// @param <T> the type of the values
public final class RecordCodec<T> implements Codec<T> {
    private static final int USUAL_BYTES = 64;

    /// A larger output is not kept: the small values that follow do not need it.
    private static final int MOST_KEPT_BYTES = 64 * 1024;

    private final Shape root;
    private final Class<?> raw;
    private final String description;
    private final CodecLimits limits;
    private final boolean isImmutable;
    private final Versions<T> versions;
    private final List<TypeUse> records;

    /// An output that no thread writes into, so that a value costs its own bytes and no more. A thread that
    /// finds it taken makes another one: threads do not wait for each other.
    private final AtomicReference<@Nullable WireOutput> spare = new AtomicReference<>();

    private RecordCodec(Type type, CodecLimits limits) {
        this(TypeUse.of(type, Map.of(), type.getTypeName()), limits, null, Integer.MAX_VALUE);
    }

    /// @param all the versions of this codec, null if this one is the newest
    /// @param version the version whose bytes it writes
    RecordCodec(TypeUse use, CodecLimits limits, @Nullable Versions<T> all, int version) {
        ShapeDerivation derivation = new ShapeDerivation(version);
        this.root = derivation.shape(use, use.name());
        this.raw = use.raw();
        this.description = derivation.schema().of(root);
        this.records = derivation.records();
        this.limits = limits;
        this.isImmutable = !derivation.hasArrays();
        this.versions = all == null ? new Versions<>(this, use, limits) : all;
    }

    /// Derives the codec of a class. This takes milliseconds: do it once per type.
    ///
    /// @param type a record, a sealed interface or any other supported class
    /// @param <T> the type of the values
    /// @return a codec with the default limits
    /// @throws IllegalArgumentException when a component has an unsupported type or cannot be accessed
    public static <T> RecordCodec<T> of(Class<T> type) {
        return of(type, CodecLimits.DEFAULT);
    }

    /// Derives the codec of a class.
    ///
    /// @param type a record, a sealed interface or any other supported class
    /// @param limits how much it takes
    /// @param <T> the type of the values
    /// @return a codec
    /// @throws IllegalArgumentException when a component has an unsupported type or cannot be accessed
    public static <T> RecordCodec<T> of(Class<T> type, CodecLimits limits) {
        return new RecordCodec<>(type, limits);
    }

    /// Derives the codec of a type with type arguments, such as `Pair<String, Long>`, found by reflection.
    ///
    /// @param type the type; the caller makes sure that it is `T`
    /// @param <T> the type of the values
    /// @return a codec with the default limits
    /// @throws IllegalArgumentException when a component has an unsupported type or cannot be accessed
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public static <T> RecordCodec<T> of(Type type) {
        return new RecordCodec<>(type, CodecLimits.DEFAULT);
    }

    @Override
    public byte[] encode(T value) {
        WireOutput kept = spare.getAndSet(null);
        WireOutput out = kept == null ? new WireOutput(USUAL_BYTES, limits.maxBytes(), limits.maxDepth()) : kept;
        encode(value, out);
        byte[] bytes = out.toByteArray();
        if (out.buffer().length <= MOST_KEPT_BYTES) {
            spare.setRelease(out);
        }
        return bytes;
    }

    /// Writes a value into a reused output, in place of what that holds.
    ///
    /// @param value the value, not null
    /// @param out what it is written into
    /// @throws CodecException when the value cannot be written
    public void encode(T value, WireOutput out) {
        out.clear(limits);
        write(value, out);
    }

    /// As [#encode(Object, WireOutput)], if the value takes at most `most` bytes. Whether it does depends on
    /// the value alone; finding out that it does not costs about as much as writing `most` bytes.
    ///
    /// @param most the most bytes
    /// @param value the value, not null
    /// @param out what it is written into
    /// @return false if it takes more; the content of the output then means nothing
    /// @throws CodecException when the value cannot be written, if that shows within these bytes
    public boolean encodeUpTo(int most, T value, WireOutput out) {
        out.tryWith(most, limits);
        try {
            write(value, out);
            return out.size() <= most;
        } catch (WireOutput.Full full) {
            return false;
        }
    }

    /// Whether a look at a value's components shows that it takes more than `most` bytes. If not, only
    /// [#encodeUpTo] tells, at the cost of an exception inside for a larger value.
    ///
    /// @param most bytes
    public boolean isSeenToTakeMoreThan(int most, T value) {
        return root instanceof RecordShape shape && shape.hasLonger(value, most);
    }

    /// The most bytes that `after` takes more than `before`. It leaves out objects that are the same at the
    /// same place in both, so a change in a large value costs what the change takes.
    ///
    /// @param before a value that can be written
    /// @param after a value, mostly made from the other one
    /// @param scratch an output to work with; its content is lost
    /// @return bytes
    /// @throws CodecException when `after` cannot be written
    public int growth(T before, T after, WireOutput scratch) {
        scratch.clear(limits);
        try {
            if (root instanceof Shape.Body body) {
                body.writeBodyGrowth(before, after, scratch);
            } else {
                root.writeGrowth(before, after, scratch);
            }
        } catch (RuntimeException e) {
            throw unwritable(after, e);
        }
        return scratch.size();
    }

    private void write(T value, WireOutput out) {
        Objects.requireNonNull(value, "a null value has no bytes");
        try {
            if (root instanceof Shape.Body body) {
                body.writeBody(value, out);
            } else {
                root.write(value, out);
            }
        } catch (RuntimeException e) {
            throw unwritable(value, e);
        }
    }

    private RuntimeException unwritable(T value, RuntimeException thrown) {
        return switch (thrown) {
            case WireOutput.Full full -> full;
            case ClassCastException _
            when !raw.isInstance(value) ->
                new CodecException("a " + value.getClass().getName() + ", where the type is " + raw.getName(), thrown)
                        .within(root.name());
            case CodecException known -> known.within(root.name());
            default -> new CodecException("cannot be written: " + thrown, thrown).within(root.name());
        };
    }

    /// This codec takes this many bytes whatever they consist of; it refuses the last ones before its maximum
    /// where a number could take more.
    public int surelyTaken() {
        return limits.maxBytes() - WireOutput.SLACK;
    }

    @Override
    public RecordCodec<T> at(int version) {
        return versions.at(version);
    }

    @Override
    public int newestVersion() {
        return versions.newestVersion();
    }

    @Override
    public int firstVersionOf(T value) {
        return versions.firstVersionOf(value);
    }

    /// True if an older version's bytes are written: a value loses by it what that version did not have.
    private boolean leavesOut() {
        return !versions.isNewest(this);
    }

    /// @return false only if there is a `byte[]` inside
    @Override
    public boolean isImmutable() {
        return isImmutable;
    }

    /// As [Codec#own]. It looks through the value by its type, and takes lists, sets, maps and whatever else can
    /// change over, as reading makes them. What is immutable already stays the same object; a value with a `byte[]`
    /// inside costs writing and reading, and so does each as long as an older version is active.
    @Override
    public T own(T value) {
        return own(null, value);
    }

    /// As [#own(Object)], for a value that was mostly made from parts of another one: it does not look into what
    /// is the same object at the same place, so a change in a large value costs what the change takes.
    ///
    /// @param before an owned value, or null
    @SuppressWarnings("unchecked")
    public T own(@Nullable T before, T value) {
        Objects.requireNonNull(value, "a null value has no bytes");
        if (!isImmutable || leavesOut()) {
            return decode(encode(value));
        }
        try {
            return (T) root.own(before, value, limits.maxDepth() + 1);
        } catch (RuntimeException e) {
            throw unwritable(value, e);
        }
    }

    @Override
    public T decode(byte[] bytes) {
        Objects.requireNonNull(bytes, "no bytes");
        try {
            return read(bytes);
        } catch (CodecException e) {
            throw e.within(root.name());
        } catch (RuntimeException e) {
            // Code of the user's types runs while reading: constructors, hashCode, compareTo.
            throw new CodecException("cannot be read: " + e, e).within(root.name());
        }
    }

    @SuppressWarnings("unchecked")
    private T read(byte[] bytes) {
        if (bytes.length > limits.maxBytes()) {
            throw new CodecException(bytes.length + " bytes, with " + limits.maxBytes() + " allowed");
        }
        WireInput in = new WireInput(bytes, 0, bytes.length, limits.maxDepth());
        Object value = root instanceof Shape.Body body ? body.readBody(in) : root.read(in);
        in.requireEnd();
        return (T) value;
    }

    /// The value that JSON describes, as people write it and [ValueJson] shows it. A component that an object lacks is
    /// zero, as in bytes; a member that is no component is refused.
    ///
    /// @param json a tree: a map, a list, a text, a [JsonNumber], a boolean or null
    /// @throws CodecException if the JSON describes no value of the type; the message names the place
    @SuppressWarnings("unchecked")
    public T fromJson(@Nullable Object json) {
        try {
            return (T) ValueOfJson.read(root, json);
        } catch (CodecException e) {
            throw e.within(root.name());
        } catch (RuntimeException e) {
            // As in `decode`.
            throw new CodecException("cannot be read: " + e, e).within(root.name());
        }
    }

    /// The format of the bytes as text: the same for every program with the same format.
    ///
    /// Keep it in a file of your tests and compare: a change of the file is a change of the format; check it
    /// against the rules of evolution. Renaming a class changes the text too, which is harmless except for an
    /// alternative of a sealed interface.
    ///
    /// @return lines, each with its end
    public String describe() {
        return description;
    }

    /// The codecs of all records in the values, at any depth: of the values themselves too, if they are records.
    public List<RecordCodec<?>> records() {
        return records.stream()
                .<RecordCodec<?>>map(use -> new RecordCodec<Object>(use, limits, null, Integer.MAX_VALUE))
                .toList();
    }

    @Override
    public String toString() {
        return "RecordCodec[" + root.name() + "]";
    }
}
