package io.legion.core.codec;

import io.legion.core.WireName;
import io.legion.core.codec.SealedShape.Alternative;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds the shape of a type and of all types that it is made of, once, or says which component has none.
final class ShapeDerivation {
    private static final int MAX_NESTING = 100;
    private static final int MAX_COMPONENTS = 100;
    private static final String SUPPORTED = "records, sealed interfaces of records, enums, primitives and their boxes, "
            + "String, byte[], Bytes, Optional, List, Set, Map, SortedSet, SortedMap, UUID, Instant, Duration, LocalDate, "
            + "LocalDateTime, BigInteger, BigDecimal and URI";

    private final int version;
    private final Map<TypeUse, Shape> shapes = new HashMap<>();
    private final SchemaText schema = new SchemaText();
    private final List<TypeUse> records = new ArrayList<>();
    private int nesting;
    private boolean hasArrays;

    /// @param version the version of the service whose bytes are written
    ShapeDerivation(int version) {
        this.version = version;
    }

    /// Whether one of the types found is an array, which whoever has it can change.
    boolean hasArrays() {
        return hasArrays;
    }

    SchemaText schema() {
        return schema;
    }

    /// All records that were found.
    List<TypeUse> records() {
        return List.copyOf(records);
    }

    Shape shape(TypeUse type, String path) {
        hasArrays |= type.raw().isArray();
        Shape known = Scalars.of(type.raw());
        if (known == null) {
            known = shapes.get(type);
        }
        if (known != null) {
            return known;
        }
        if (++nesting > MAX_NESTING) {
            throw new IllegalArgumentException(path + ": types nested without an end");
        }
        Shape shape = derive(type, path);
        nesting--;
        return shape;
    }

    private Shape derive(TypeUse type, String path) {
        Class<?> raw = type.raw();
        if (raw.isRecord()) {
            return define(type, () -> record(type, path));
        }
        if (raw.isEnum()) {
            return constants(type, path);
        }
        if (raw.isInterface() && raw.isSealed()) {
            return define(type, () -> sealed(type, path));
        }
        Shape collection = collection(type, path);
        if (collection == null) {
            throw new IllegalArgumentException(
                    path + ": the type " + raw.getTypeName() + " is not supported. Supported are " + SUPPORTED);
        }
        return collection;
    }

    private @Nullable Shape collection(TypeUse type, String path) {
        Class<?> raw = type.raw();
        if (raw == Optional.class) {
            return new OptionalShape(argument(type, 0, path));
        }
        if (raw == List.class) {
            return new ListShape(argument(type, 0, path));
        }
        if (raw == Set.class) {
            return new SetShape(key(type, path), false);
        }
        if (raw == SortedSet.class || raw == NavigableSet.class) {
            return new SetShape(comparable(type, path), true);
        }
        if (raw == Map.class) {
            return new MapShape(key(type, path), argument(type, 1, path), false);
        }
        if (raw == SortedMap.class || raw == NavigableMap.class) {
            return new MapShape(comparable(type, path), argument(type, 1, path), true);
        }
        return null;
    }

    private Shape argument(TypeUse type, int index, String path) {
        if (type.arguments().size() <= index) {
            throw new IllegalArgumentException(path + ": " + type.name() + " without type arguments");
        }
        return shape(type.arguments().get(index), path);
    }

    /// The elements of a set, the keys of a map: their bytes give the order in which programs see them, which must not
    /// change with the version.
    private Shape key(TypeUse type, String path) {
        Shape shape = argument(type, 0, path);
        if (Sinces.hasNewComponents(type.arguments().getFirst())) {
            throw new IllegalArgumentException(path + ": a record inside the keys of a map, or the elements of a set,"
                    + " cannot have a component with @Since: its bytes give the order. Use a list, or put the new"
                    + " component beside the key");
        }
        return shape;
    }

    private Shape comparable(TypeUse type, String path) {
        Shape shape = key(type, path);
        Class<?> key = type.arguments().getFirst().raw();
        if (!Comparable.class.isAssignableFrom(key)) {
            throw new IllegalArgumentException(
                    path + ": " + key.getTypeName() + " has no natural order, which a sorted collection needs");
        }
        return shape;
    }

    private Shape define(TypeUse type, Supplier<Shape.Body> definition) {
        DeferredShape deferred = new DeferredShape(type.name());
        shapes.put(type, deferred);
        Shape.Body shape = definition.get();
        deferred.resolve(shape);
        shapes.put(type, shape);
        return shape;
    }

    private Shape constants(TypeUse type, String path) {
        EnumShape shape = EnumShape.of(type.raw(), path, version);
        schema.add(shape);
        shapes.put(type, shape);
        return shape;
    }

    // ------------------------------------------------------------- records

    private Shape.Body record(TypeUse type, String path) {
        RecordComponent[] components = type.raw().getRecordComponents();
        if (components.length > MAX_COMPONENTS) {
            throw new IllegalArgumentException(
                    path + ": " + type.name() + " has more than " + MAX_COMPONENTS + " components");
        }
        List<Field> fields = new ArrayList<>();
        for (RecordComponent component : components) {
            fields.add(field(component, type.variables(), path));
        }
        List<Field> ordered = inOrderOfKeys(fields, path);
        records.add(type);
        return schema.add(RecordShape.of(type.name(), ordered, new RecordAssembly(type.raw(), ordered)));
    }

    private Field field(RecordComponent component, Map<TypeVariable<?>, TypeUse> variables, String path) {
        String inner = path + "." + component.getName();
        TypeUse use = TypeUse.of(component.getGenericType(), variables, inner);
        return Field.of(
                component.getName(), wireName(component), component.getType(), shape(use, inner), isWritten(component));
    }

    private boolean isWritten(AnnotatedElement part) {
        return Sinces.of(part) <= version;
    }

    private static String wireName(RecordComponent component) {
        WireName name = component.getAnnotation(WireName.class);
        return name == null ? component.getName() : name.value();
    }

    private static List<Field> inOrderOfKeys(List<Field> fields, String path) {
        List<Field> sorted = new ArrayList<>(fields);
        sorted.sort(Comparator.comparingInt(field -> WireType.hash(field.key())));
        List<Field> chained = new ArrayList<>();
        int previous = 0;
        for (Field field : sorted) {
            if (WireType.hash(field.key()) == WireType.hash(previous)) {
                throw new IllegalArgumentException(path + ": the components "
                        + chained.getLast().name() + " and " + field.name()
                        + " have the same name in bytes, or the same hash of it; give one of them another @WireName");
            }
            chained.add(field.after(previous));
            previous = field.key();
        }
        return List.copyOf(chained);
    }

    // ------------------------------------------------------------- sealed interfaces

    private Shape.Body sealed(TypeUse type, String path) {
        Map<Integer, Alternative> byHash = new TreeMap<>();
        collect(type, path, byHash);
        return schema.add(SealedShape.of(type.name(), List.copyOf(byHash.values())));
    }

    private void collect(TypeUse parent, String path, Map<Integer, Alternative> byHash) {
        for (Class<?> permitted : parent.raw().getPermittedSubclasses()) {
            TypeUse use = parent.permitted(permitted);
            if (permitted.isInterface() && permitted.isSealed()) {
                collect(use, path, byHash);
            } else {
                add(alternative(use, path), path, byHash);
            }
        }
    }

    private Alternative alternative(TypeUse use, String path) {
        String inner = path + "(" + use.raw().getSimpleName() + ")";
        if (!use.raw().isRecord()) {
            throw new IllegalArgumentException(inner + ": an alternative of a sealed interface must be a record");
        }
        WireName annotation = use.raw().getAnnotation(WireName.class);
        String name = annotation == null ? use.raw().getSimpleName() : annotation.value();
        // A record has a body, also while it is still being derived.
        return new Alternative(
                use.raw(),
                name,
                WireType.hash32(name),
                (Shape.Body) shape(use, inner),
                Sinces.of(use.raw()),
                isWritten(use.raw()));
    }

    private static void add(Alternative alternative, String path, Map<Integer, Alternative> byHash) {
        Alternative other = byHash.put(alternative.hash(), alternative);
        if (other != null && other.type() != alternative.type()) {
            throw new IllegalArgumentException(path + ": the alternatives "
                    + other.type().getName() + " and " + alternative.type().getName()
                    + " have the same name in bytes, or the same hash of it; give one of them another @WireName");
        }
    }
}
