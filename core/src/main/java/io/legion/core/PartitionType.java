package io.legion.core;

import io.legion.core.codec.DerivedEventCodecs;
import io.legion.core.codec.Lending;
import java.util.Arrays;
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

    /// The version of a type that says nothing of versions.
    public static final int FIRST_VERSION = 1;

    /// The largest encoded state, in bytes; an event that would lead to a larger one fails.
    public static final int MAX_STATE_BYTES = 8 * 1024 * 1024;

    private final String name;
    private final int id;
    private final S initial;
    private final Codec<S> stateCodec;
    private final EventCodecs<S> eventCodecs;
    private final @Nullable IndexFunction<? super S> index;
    private final int version;
    private final int minimumVersion;

    private PartitionType(
            String name,
            S initial,
            Codec<S> stateCodec,
            EventCodecs<S> eventCodecs,
            @Nullable IndexFunction<? super S> index,
            int version,
            int minimumVersion) {
        this.name = name;
        this.id = hash(Bytes.of(name));
        this.initial = ownInitial(name, initial, stateCodec);
        this.version = version;
        this.minimumVersion = minimumVersion;
        this.stateCodec = stateCodec;
        this.eventCodecs = eventCodecs;
        this.index = index;
    }

    /// All partitions begin with it, in all versions: nobody else may be able to change it.
    private static <S> S ownInitial(String name, S initial, Codec<S> stateCodec) {
        try {
            S owned = Lending.owned(stateCodec, FIRST_VERSION, initial);
            if (stateCodec.newestVersion() > FIRST_VERSION
                    && !Arrays.equals(stateCodec.encode(owned), stateCodec.encode(initial))) {
                throw new IllegalArgumentException(
                        "the initial state of '" + name + "' has a value in a component marked"
                                + " @Since. Partitions that nobody changed have the initial state in all versions: give the"
                                + " component there what its record's constructor makes of nothing");
            }
            return owned;
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
            if (events.isRecord() && events.isAnnotationPresent(Since.class)) {
                throw new IllegalArgumentException(events.getName() + " is the only event of '" + name
                        + "' and marked @Since: only alternatives of a sealed interface come with a version. Take the"
                        + " mark away");
            }
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
            return new PartitionType<>(name, initial, stateCodec, eventCodecs, null, FIRST_VERSION, FIRST_VERSION);
        }
    }

    /// The same type with an index: searches find a partition by the tags that `index` computes from its state.
    /// Like `apply`, `index` must be a pure function.
    ///
    /// Legion calls it for searches and when it stores states, not for every event. A partition at the initial
    /// state is not in the index. Nor is a partition for whose state the function throws, until its state
    /// changes; the log says so.
    public PartitionType<S> index(Function<? super S, ? extends Set<Tag>> index) {
        return index(new SameInAllVersions<>(index));
    }

    /// As [#index(Function)], for an index that has changed from one version to another. When a version becomes active,
    /// each node computes the tags of all its states anew; searches see the new ones once that is done.
    public PartitionType<S> index(IndexFunction<? super S> index) {
        return new PartitionType<>(name, initial, stateCodec, eventCodecs, index, version, minimumVersion);
    }

    /// The same type as of this version of the service: raise it by one with each release that changes what `apply`
    /// or the index function gives, or what states, events and outputs consist of (docs/upgrades.md).
    ///
    /// A new version becomes active in a cluster once all nodes run a release that has it. Until then, and for
    /// events from before, [EventContext#version()] is an older one, and the release must do as it did.
    ///
    /// @param version at least 1, and at least what each [Since] in states, events and outputs says
    /// @throws IllegalArgumentException if it is not
    public PartitionType<S> version(int version) {
        if (version < FIRST_VERSION) {
            throw new IllegalArgumentException(
                    "the versions of the type '" + name + "' begin with 1, and this is " + version);
        }
        requireVersion(version);
        return new PartitionType<>(
                name, initial, stateCodec, eventCodecs, index, version, Math.min(version, minimumVersion));
    }

    /// Whoever opens the type requires this: it may have parts that a later version brought, and say nothing of
    /// versions.
    ///
    /// @throws IllegalArgumentException if [#version()] is below what a [Since] in states, events or outputs says
    public void requireVersion() {
        requireVersion(version);
    }

    private void requireVersion(int number) {
        int newest = Math.max(stateCodec.newestVersion(), eventCodecs.newestVersion());
        if (number < newest) {
            throw new IllegalArgumentException("the type '" + name + "' has parts marked @Since(" + newest
                    + "), and its version is " + number + ": say version(" + newest + ") or higher");
        }
    }

    /// The same type, which no longer has the logic of versions before this one. It cannot join a cluster in which an
    /// older version is active, or whose history may need one.
    ///
    /// @param minimum 1 to [#version()]
    /// @throws IllegalArgumentException if it is not
    public PartitionType<S> minimumVersion(int minimum) {
        if (minimum < FIRST_VERSION || minimum > version) {
            throw new IllegalArgumentException("the least version of the type '" + name
                    + "' is between 1 and its version " + version + ", not " + minimum + "; say version(...) first");
        }
        return new PartitionType<>(name, initial, stateCodec, eventCodecs, index, version, minimum);
    }

    /// The newest version that this release has.
    public int version() {
        return version;
    }

    /// The oldest version whose logic this release still has.
    public int minimumVersion() {
        return minimumVersion;
    }

    /// Whether this release can run a version.
    public boolean runs(int wanted) {
        return minimumVersion <= wanted && wanted <= version;
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

    /// The codec of the states as a version writes them.
    public Codec<S> stateCodec(int atVersion) {
        return stateCodec.at(atVersion);
    }

    /// True if the index function looks at the version: then a version that becomes active may change the tags.
    public boolean isIndexedByVersion() {
        return index != null && !(index instanceof SameInAllVersions);
    }

    /// An index function that does not look at the version.
    private record SameInAllVersions<S>(Function<? super S, ? extends Set<Tag>> function) implements IndexFunction<S> {
        @Override
        public Set<Tag> tags(S state, int version) {
            return function.apply(state);
        }
    }

    /// The tags of a state in the newest version, see [#tags(Object, int)].
    public SortedSet<Tag> tags(S state) {
        return tags(state, version);
    }

    /// The tags of a state, in order; none without an index function.
    ///
    /// @param atVersion the version of the type
    /// @param state a state that the codec has read or [owned][Codec#own]
    /// @throws IllegalArgumentException if there are more than [#MAX_TAGS]
    public SortedSet<Tag> tags(S state, int atVersion) {
        Set<Tag> found = index == null ? Set.of() : index.tags(Lending.lent(stateCodec, state), atVersion);
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
