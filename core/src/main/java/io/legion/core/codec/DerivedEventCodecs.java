package io.legion.core.codec;

import io.legion.core.Codec;
import io.legion.core.Event;
import io.legion.core.EventCodecs;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Event codecs derived from the event classes: the state and the output type of an event are those of
/// its `Event<S, O>`.
public final class DerivedEventCodecs<S> implements EventCodecs<S> {
    /// The places of the arguments of `Event<S, O>`.
    private static final int STATE = 0;

    private static final int OUTPUT = 1;

    private final Class<?> root;
    private final Codec<Event<S, ?>> events;

    /// The type argument S; null until the first event was added.
    private @Nullable Type state;

    /// Looked up by class, never iterated.
    private final Map<Class<?>, Codec<?>> outputs = new HashMap<>();

    /// In the order in which the program lists them.
    private final List<Class<?>> eventClasses = new ArrayList<>();

    private int newestVersion;

    /// The last lookup: most calls repeat its class. Threads race for it, and any outcome is right.
    private @Nullable Known last;

    /// Every thread sees it whole without a lock: the fields of a record are final.
    private record Known(Class<?> event, Codec<?> output) {}

    private DerivedEventCodecs(Class<?> root, Codec<Event<S, ?>> events) {
        this.root = root;
        this.events = events;
        this.newestVersion = events.newestVersion();
    }

    @SuppressWarnings("unchecked")
    public static <S> DerivedEventCodecs<S> of(Class<?> root) {
        if (!Event.class.isAssignableFrom(root)) {
            throw new IllegalArgumentException(root.getName() + " is not an Event");
        }
        if (!root.isRecord() && !root.isSealed() && !root.isEnum()) {
            throw new IllegalArgumentException(
                    root.getName() + " cannot be the events of a partition type: these are one record, or a sealed"
                            + " interface of records");
        }
        var codecs = new DerivedEventCodecs<S>(root, (Codec<Event<S, ?>>) (Codec<?>) Codec.derived(root));
        codecs.add(root);
        return codecs;
    }

    private void add(Class<?> type) {
        if (type.isSealed()) {
            for (Class<?> alternative : type.getPermittedSubclasses()) {
                add(alternative);
            }
        } else {
            requireState(type);
            requireOutput(type);
            Codec<?> output = Codec.derived(argument(type, OUTPUT));
            outputs.put(type, output);
            eventClasses.add(type);
            newestVersion = Math.max(newestVersion, output.newestVersion());
        }
    }

    /// All events of a type change the same state.
    private void requireState(Class<?> event) {
        Type its = argument(event, STATE);
        if (state != null && !state.equals(its)) {
            throw new IllegalArgumentException(event.getName() + " changes a " + its.getTypeName()
                    + ", and another event of the same type changes a " + state.getTypeName());
        }
        state = its;
    }

    private static void requireOutput(Class<?> event) {
        if (argument(event, OUTPUT) == Void.class) {
            throw new IllegalArgumentException("the output of " + event.getName() + " is Void, and an output is never"
                    + " null: an event that has nothing to say gives an empty record, such as record Done() {}");
        }
    }

    /// The class that all of this was derived from.
    public Class<?> root() {
        return root;
    }

    /// The type of the states that the events change, with its arguments if it is generic.
    public Type state() {
        return Objects.requireNonNull(state);
    }

    /// The class of those states.
    public Class<?> stateClass() {
        return state() instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) state();
    }

    /// The class or the generic class at this place of `Event<S, O>`.
    private static Type argument(Class<?> event, int place) {
        Type found = eventArgument(event, place, Map.of());
        if (found instanceof Class<?> || found instanceof ParameterizedType) {
            return found;
        }
        throw new IllegalArgumentException("the " + (place == STATE ? "state" : "output type") + " of "
                + event.getName() + " is not known: let it implement Event<S, O> with a concrete "
                + (place == STATE ? "S" : "O"));
    }

    /// The argument at this place where `type` reaches Event, its type variables replaced by their bindings on
    /// the way.
    private static @Nullable Type eventArgument(Class<?> type, int place, Map<TypeVariable<?>, Type> bound) {
        for (Type parent : type.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
                var inner = new HashMap<TypeVariable<?>, Type>();
                for (int i = 0; i < raw.getTypeParameters().length; i++) {
                    Type argument = generic.getActualTypeArguments()[i];
                    inner.put(
                            raw.getTypeParameters()[i],
                            argument instanceof TypeVariable<?> v ? bound.getOrDefault(v, v) : argument);
                }
                Type found = raw == Event.class
                        ? inner.get(Event.class.getTypeParameters()[place])
                        : eventArgument(raw, place, inner);
                if (found != null) {
                    return found;
                }
            } else if (parent instanceof Class<?> raw && Event.class.isAssignableFrom(raw)) {
                return eventArgument(raw, place, Map.of());
            }
        }
        return null;
    }

    @Override
    public int newestVersion() {
        return newestVersion;
    }

    @Override
    public Codec<Event<S, ?>> events() {
        return events;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <O> Codec<O> outputs(Event<S, O> event) {
        Known known = last;
        if (known == null || known.event() != event.getClass()) {
            known = lookUp(event.getClass());
            last = known;
        }
        return (Codec<O>) known.output();
    }

    /// The codec of the outputs of this class of events.
    ///
    /// @throws IllegalArgumentException if it is none of the type's
    public Codec<?> outputsOf(Class<?> event) {
        return lookUp(event).output();
    }

    /// The classes of the events, in the order in which the program lists them.
    public List<Class<?>> eventClasses() {
        return List.copyOf(eventClasses);
    }

    private Known lookUp(Class<?> event) {
        Codec<?> codec = outputs.get(event);
        if (codec == null) {
            throw new IllegalArgumentException(event.getName() + " is not an event of this partition type");
        }
        return new Known(event, codec);
    }
}
