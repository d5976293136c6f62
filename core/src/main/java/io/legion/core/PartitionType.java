package io.legion.core;

import io.legion.core.codec.DerivedEventCodecs;
import io.legion.core.codec.Lending;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One kind of partition: its name, the state before the first event, its events, the codecs of both, and the
/// tags under which searches find a partition.
///
/// ```java
/// var accounts = PartitionType.named("account", new Account(0))
///         .events(AccountEvent.class)
///         .index(account -> Set.of(Tag.of("cents", account.cents())));
/// ```
///
/// Immutable; safe for use by many threads.
///
/// @param <S> the state: an immutable value, usually a record
public final class PartitionType<S> {
    /// The most tags one partition may have.
    public static final int MAX_TAGS = 4096;

    /// The largest encoded state, in bytes; an event that would lead to a larger one fails.
    public static final int MAX_STATE_BYTES = 8 * 1024 * 1024;

    private final String name;
    private final int id;
    private final S initial;
    private final Codec<S> stateCodec;
    private final EventCodecs<S> eventCodecs;
    private final @Nullable Function<? super S, ? extends Set<Tag>> index;

    private PartitionType(
            String name,
            S initial,
            Codec<S> stateCodec,
            EventCodecs<S> eventCodecs,
            @Nullable Function<? super S, ? extends Set<Tag>> index) {
        this.name = name;
        this.id = hash(Bytes.of(name));
        this.initial = ownInitial(name, initial, stateCodec);
        this.stateCodec = stateCodec;
        this.eventCodecs = eventCodecs;
        this.index = index;
    }

    /// All partitions begin with it: nobody else may be able to change it.
    private static <S> S ownInitial(String name, S initial, Codec<S> stateCodec) {
        try {
            return stateCodec.own(initial);
        } catch (CodecException unwritable) {
            throw new IllegalArgumentException(
                    "the initial state of '" + name + "' cannot be written: " + unwritable.getMessage(), unwritable);
        }
    }

    /// Begins the description of a type. Every stored record holds the name and the number derived from it:
    /// never rename a type that is in use.
    ///
    /// @param name 1 to 100 characters, unique in the cluster
    /// @param initial the state before the first event; Legion takes it over as the codec of the states
    ///     [owns it][Codec#own]
    /// @throws IllegalArgumentException if the name is empty, too long, or not valid Unicode (see [Bytes#of])
    public static <S> Naming<S> named(String name, S initial) {
        if (name.isEmpty() || name.length() > 100) {
            throw new IllegalArgumentException("a partition type's name has 1 to 100 characters: '" + name + "'");
        }
        Bytes.of(name); // the name has to be Unicode
        return new Naming<>(
                name, Objects.requireNonNull(initial, "a partition type has a state before the first event, not null"));
    }

    /// A type that still lacks its events.
    ///
    /// @param name the type's name
    /// @param initial the state before the first event
    public record Naming<S>(String name, S initial) {
        /// The type whose events are the given class: a sealed interface of records, or one record.
        /// [Codec#derived] gives the codecs of state, events and outputs from the classes. The state's class is
        /// the `S` of the events' `Event<S, O>`: a record, or a sealed interface of records.
        ///
        /// @throws IllegalArgumentException if an event is one of another state, or a codec cannot be derived;
        ///     the message names the class or the component
        @SuppressWarnings("rawtypes") // a generic sealed interface has no class literal with its arguments
        public PartitionType<S> events(Class<? extends Event> events) {
            var derived = DerivedEventCodecs.<S>of(events);
            if (!derived.stateClass().isInstance(initial)) {
                throw new IllegalArgumentException("the events of " + events.getName() + " change a "
                        + derived.stateClass().getName() + ", and the initial state of '" + name + "' is a "
                        + initial.getClass().getName());
            }
            return events(Codec.derived(derived.state()), derived);
        }

        /// The type with codecs of the user's own.
        public PartitionType<S> events(Codec<S> stateCodec, EventCodecs<S> eventCodecs) {
            return new PartitionType<>(name, initial, stateCodec, eventCodecs, null);
        }
    }

    /// The same type with an index: searches find a partition by the tags that `index` computes from its state.
    /// Like `apply`, `index` must be a pure function.
    ///
    /// Legion calls it for searches and when it stores states, not for every event. A partition at the initial
    /// state is not in the index. Nor is a partition for whose state the function throws, until its state
    /// changes; the log says so.
    public PartitionType<S> index(Function<? super S, ? extends Set<Tag>> index) {
        return new PartitionType<>(name, initial, stateCodec, eventCodecs, index);
    }

    /// The name, unique in the cluster.
    public String name() {
        return name;
    }

    /// The number that stands for the name in keys and messages: 32 bits of an FNV-1a hash of the name.
    public int id() {
        return id;
    }

    /// FNV-1a (Fowler, Noll and Vo).
    private static int hash(Bytes name) {
        int hash = 0x811c9dc5;
        for (byte b : name.shared()) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        return hash;
    }

    /// The state before the first event.
    public S initial() {
        return Lending.lent(stateCodec, initial);
    }

    /// The codec of the states.
    public Codec<S> stateCodec() {
        return stateCodec;
    }

    /// The codecs of the events and their outputs.
    public EventCodecs<S> eventCodecs() {
        return eventCodecs;
    }

    /// True if there is an index function.
    public boolean isIndexed() {
        return index != null;
    }

    /// The tags of a state, in order; none without an index function.
    ///
    /// @param state a state that the codec has read or [owned][Codec#own]
    /// @throws IllegalArgumentException if there are more than [#MAX_TAGS]
    public SortedSet<Tag> tags(S state) {
        Set<Tag> found = index == null ? Set.of() : index.apply(Lending.lent(stateCodec, state));
        if (found.isEmpty()) {
            return Collections.emptySortedSet();
        }
        var tags = new TreeSet<Tag>(found);
        if (tags.size() > MAX_TAGS) {
            throw new IllegalArgumentException(
                    "a partition has at most " + MAX_TAGS + " tags, this one has " + tags.size());
        }
        return tags;
    }

    @Override
    public String toString() {
        return name;
    }
}
