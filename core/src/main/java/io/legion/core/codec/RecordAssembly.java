package io.legion.core.codec;

import io.legion.core.codec.RecordOwner.Part;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Assembles the writer and the reader of a record from method handles, once. The JIT sees each as one method:
/// writing or reading a value takes no reflection, no boxing and no loop over fields.
final class RecordAssembly {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
    private static final MethodType WRITER = MethodType.methodType(void.class, WireOutput.class, Object.class);

    private final Class<?> type;
    private final List<RecordComponent> components;
    private final List<Field> fields;
    private final Map<String, Integer> positions;

    /// @param fields in the order of the bytes, each with the name of its component
    RecordAssembly(Class<?> type, List<Field> fields) {
        this.type = type;
        this.components = List.of(type.getRecordComponents());
        this.fields = fields;
        this.positions = positions(fields);
    }

    private static Map<String, Integer> positions(List<Field> fields) {
        Map<String, Integer> positions = new TreeMap<>();
        for (int i = 0; i < fields.size(); i++) {
            positions.put(fields.get(i).name(), i);
        }
        return positions;
    }

    @SuppressWarnings("unchecked")
    BiConsumer<WireOutput, Object> writer() {
        MethodHandle all = MethodHandles.empty(WRITER);
        for (Field field : fields.reversed()) {
            all = field.isWritten() ? MethodHandles.foldArguments(all, fieldWriter(field)) : all;
        }
        return MethodHandleProxies.asInterfaceInstance(BiConsumer.class, all);
    }

    @SuppressWarnings("unchecked")
    Function<WireInput, Object> reader() {
        // The arguments of the constructor in the order of the bytes, then the input that they are read from.
        MethodHandle all = MethodHandles.dropArguments(orderedConstructor(), fields.size(), WireInput.class);
        for (int i = fields.size() - 1; i >= 0; i--) {
            all = MethodHandles.foldArguments(all, i, fieldReader(fields.get(i)));
        }
        return MethodHandleProxies.asInterfaceInstance(Function.class, all);
    }

    /// The function that gives the value of each field, boxed.
    List<Function<Object, @Nullable Object>> components() {
        return fields.stream().map(field -> getter(accessor(field))).toList();
    }

    @SuppressWarnings("unchecked")
    private static Function<Object, @Nullable Object> getter(MethodHandle handle) {
        return MethodHandleProxies.asInterfaceInstance(Function.class, handle.asType(GETTER));
    }

    @SuppressWarnings("unchecked")
    RecordOwner owner() {
        MethodHandle constructor = orderedConstructor().asSpreader(Object[].class, fields.size());
        List<Part> parts = IntStream.range(0, fields.size())
                .filter(place -> !fields.get(place).shape().isFixed())
                .mapToObj(place -> new Part(place, fields.get(place), held(fields.get(place))))
                .toList();
        return new RecordOwner(
                parts,
                components(),
                MethodHandleProxies.asInterfaceInstance(Function.class, constructor.asType(GETTER)));
    }

    /// What the record holds of a component, or null without access: the package is exported, and not open.
    private @Nullable Function<Object, @Nullable Object> held(Field field) {
        try {
            java.lang.reflect.Field holder = type.getDeclaredField(field.name());
            return holder.trySetAccessible() ? getter(LOOKUP.unreflectGetter(holder)) : null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no field " + field.name() + " of " + type.getName(), e);
        }
    }

    private MethodHandle fieldWriter(Field field) {
        Class<?> carrier = field.kind().carrier();
        MethodHandle writer =
                method("write", field, MethodType.methodType(void.class, Field.class, WireOutput.class, carrier));
        return MethodHandles.filterArguments(
                writer.bindTo(field), 1, accessor(field).asType(MethodType.methodType(carrier, Object.class)));
    }

    private static MethodHandle fieldReader(Field field) {
        Class<?> carrier = field.kind().carrier();
        MethodHandle reader = method("read", field, MethodType.methodType(carrier, Field.class, WireInput.class));
        return MethodHandles.explicitCastArguments(
                reader.bindTo(field), MethodType.methodType(field.type(), WireInput.class));
    }

    private static MethodHandle method(String verb, Field field, MethodType type) {
        String kind = field.kind().name();
        String name = verb + kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT);
        try {
            return LOOKUP.findStatic(RecordMethods.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no method " + name + type, e);
        }
    }

    private MethodHandle accessor(Field field) {
        Method accessor = components.stream()
                .filter(component -> component.getName().equals(field.name()))
                .findFirst()
                .orElseThrow()
                .getAccessor();
        requireAccess(type, accessor);
        try {
            return LOOKUP.unreflect(accessor);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("no access to " + accessor, e);
        }
    }

    private MethodHandle orderedConstructor() {
        int[] order =
                components.stream().mapToInt(c -> positions.get(c.getName())).toArray();
        List<Class<?>> types = fields.stream().<Class<?>>map(Field::type).toList();
        return MethodHandles.permuteArguments(constructor(), MethodType.methodType(Object.class, types), order);
    }

    private MethodHandle constructor() {
        Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            requireAccess(type, constructor);
            MethodHandle handle = LOOKUP.unreflectConstructor(constructor);
            return handle.asType(handle.type().changeReturnType(Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no constructor " + type.getName() + Arrays.toString(types), e);
        }
    }

    private static void requireAccess(Class<?> type, AccessibleObject member) {
        if (!member.trySetAccessible()) {
            throw new IllegalArgumentException("the codec has no access to the record " + type.getName()
                    + ": add this line to the module-info of "
                    + type.getModule().getName() + ":\n    opens "
                    + type.getPackageName() + " to " + reader(RecordAssembly.class.getModule()) + ";");
        }
    }

    private static String reader(Module module) {
        return module.isNamed() ? module.getName() : "io.legion.core";
    }
}
