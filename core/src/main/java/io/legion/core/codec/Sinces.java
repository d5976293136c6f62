package io.legion.core.codec;

import io.legion.core.CodecException;
import io.legion.core.Since;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// The versions that brought parts of a type ([Since]), found by a walk through everything that it is made of.
final class Sinces {
    private static final int FIRST = 1;

    private final TreeSet<Integer> versions = new TreeSet<>();
    private final Set<TypeUse> seen = new HashSet<>();
    private boolean hasNewComponents;

    private Sinces() {}

    /// All versions that brought something, 1 among them, in ascending order.
    static NavigableSet<Integer> inside(TypeUse type) {
        var found = new Sinces();
        found.versions.add(FIRST);
        found.walk(type);
        return found.versions;
    }

    /// Whether a record somewhere inside has a component that a later version brought.
    static boolean hasNewComponents(TypeUse type) {
        var found = new Sinces();
        found.walk(type);
        return found.hasNewComponents;
    }

    /// The version that brought a component, an alternative or a constant.
    ///
    /// @throws IllegalArgumentException if the annotation has a number below 2
    static int of(AnnotatedElement part) {
        Since since = part.getAnnotation(Since.class);
        if (since != null && since.value() <= FIRST) {
            throw new IllegalArgumentException(part + " is marked @Since(" + since.value()
                    + "): the first version is 1, and what was there from" + " the beginning bears no mark");
        }
        return since == null ? FIRST : since.value();
    }

    static CodecException notYet(String part, int since) {
        return new CodecException(part + " exists from version " + since
                + " on, and an older version is active: an event must not use it before context.version() says so");
    }

    private void walk(TypeUse type) {
        if (!seen.add(type)) {
            return;
        }
        type.arguments().forEach(this::walk);
        Class<?> raw = type.raw();
        if (raw.isRecord()) {
            components(raw, type.variables());
        } else if (raw.isEnum()) {
            for (Object constant : Objects.requireNonNull(raw.getEnumConstants())) {
                versions.add(of(EnumShape.field(raw, ((Enum<?>) constant).name())));
            }
        } else if (raw.isSealed()) {
            for (Class<?> permitted : raw.getPermittedSubclasses()) {
                versions.add(permitted.isRecord() ? of(permitted) : ofInterface(permitted));
                walk(type.permitted(permitted));
            }
        }
    }

    private static int ofInterface(Class<?> permitted) {
        if (permitted.isAnnotationPresent(Since.class)) {
            throw new IllegalArgumentException(
                    permitted.getName() + " is an interface and marked @Since: mark the records in it");
        }
        return FIRST;
    }

    private void components(Class<?> raw, Map<TypeVariable<?>, TypeUse> variables) {
        for (RecordComponent component : raw.getRecordComponents()) {
            int since = of(component);
            versions.add(since);
            hasNewComponents |= since > FIRST;
            walk(TypeUse.of(component.getGenericType(), variables, component.getName()));
        }
    }
}
