package io.legion.core;

import io.legion.core.codec.RecordCodec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Event codecs derived from the event classes: the output type of an event is the O of its `Event<S, O>`.
final class DerivedEventCodecs<S> implements EventCodecs<S> {
    private final Codec<Event<S, ?>> events;

    /// Looked up by class, never iterated.
    private final Map<Class<?>, Codec<?>> outputs = new HashMap<>();

    /// The last lookup: most calls repeat its class. Threads race for it, and any outcome is right.
    private @Nullable Known last;

    /// Every thread sees it whole without a lock: the fields of a record are final.
    private record Known(Class<?> event, Codec<?> output) {}

    private DerivedEventCodecs(Codec<Event<S, ?>> events) {
        this.events = events;
    }

    @SuppressWarnings("unchecked")
    static <S> DerivedEventCodecs<S> of(Class<?> root) {
        if (!Event.class.isAssignableFrom(root)) {
            throw new IllegalArgumentException(root.getName() + " is not an Event");
        }
        var codecs = new DerivedEventCodecs<S>((Codec<Event<S, ?>>) (Codec<?>) RecordCodec.of(root));
        codecs.addOutputs(root);
        return codecs;
    }

    private void addOutputs(Class<?> type) {
        if (type.isSealed()) {
            for (Class<?> alternative : type.getPermittedSubclasses()) {
                addOutputs(alternative);
            }
        } else {
            outputs.put(type, RecordCodec.of(outputType(type)));
        }
    }

    private static Type outputType(Class<?> event) {
        Type output = eventArgument(event, Map.of());
        if (output == null || output instanceof TypeVariable<?>) {
            throw new IllegalArgumentException("the output type of " + event.getName()
                    + " is not known: let it implement Event<S, O> with a concrete O");
        }
        return output;
    }

    /// The argument for O where `type` reaches Event, its type variables replaced by their bindings on the way.
    private static @Nullable Type eventArgument(Class<?> type, Map<TypeVariable<?>, Type> bound) {
        for (Type parent : type.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
                var inner = new HashMap<TypeVariable<?>, Type>();
                for (int i = 0; i < raw.getTypeParameters().length; i++) {
                    Type argument = generic.getActualTypeArguments()[i];
                    inner.put(
                            raw.getTypeParameters()[i],
                            argument instanceof TypeVariable<?> v ? bound.getOrDefault(v, v) : argument);
                }
                Type found =
                        raw == Event.class ? inner.get(Event.class.getTypeParameters()[1]) : eventArgument(raw, inner);
                if (found != null) {
                    return found;
                }
            } else if (parent instanceof Class<?> raw && Event.class.isAssignableFrom(raw)) {
                return eventArgument(raw, Map.of());
            }
        }
        return null;
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

    private Known lookUp(Class<?> event) {
        Codec<?> codec = outputs.get(event);
        if (codec == null) {
            throw new IllegalArgumentException(event.getName() + " is not an event of this partition type");
        }
        return new Known(event, codec);
    }
}
