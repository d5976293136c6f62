package io.legion.simulation.purity;

import io.legion.simulation.Randomness;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Copies that are equal to a state, but whose sets and maps iterate in another order, as they may at another
/// replica: what a hash table yields first depends on what was in it before.
///
/// It looks into records, lists, optionals, sets and maps. Anything else stays as it is, and so does a record
/// that reflection cannot make.
final class ShuffledCopy {
    private final Randomness random;

    ShuffledCopy(Randomness random) {
        this.random = random;
    }

    @Nullable
    Object of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case SortedSet<?> sorted -> sorted;
            case SortedMap<?, ?> sorted -> sorted;
            case Set<?> set -> Collections.unmodifiableSet(new LinkedHashSet<>(shuffled(set)));
            case Map<?, ?> map -> of(map);
            case List<?> list -> Collections.unmodifiableList(copies(list));
            case Optional<?> optional -> optional.map(this::of);
            case Record record -> of(record);
            default -> value;
        };
    }

    private Map<?, ?> of(Map<?, ?> map) {
        var copy = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        for (Object key : shuffled(map.keySet())) {
            copy.put(key, of(map.get(key)));
        }
        return Collections.unmodifiableMap(copy);
    }

    private List<@Nullable Object> shuffled(Collection<?> elements) {
        List<@Nullable Object> rest = copies(elements);
        var shuffled = new ArrayList<@Nullable Object>();
        while (!rest.isEmpty()) {
            shuffled.add(rest.remove(random.below(rest.size())));
        }
        return shuffled;
    }

    private List<@Nullable Object> copies(Collection<?> elements) {
        var copies = new ArrayList<@Nullable Object>();
        elements.forEach(element -> copies.add(of(element)));
        return copies;
    }

    private Record of(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        try {
            var constructor = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            @Nullable Object[] values = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++) {
                components[i].getAccessor().setAccessible(true);
                values[i] = of(components[i].getAccessor().invoke(record));
            }
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException | InaccessibleObjectException | IllegalArgumentException _) {
            return record;
        }
    }
}
