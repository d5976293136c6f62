package io.legion.core.codec;

import io.legion.core.CodecException;
import io.legion.core.WireName;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A constant of an enum, as the hash of its name: their order in the program means nothing.
///
/// @param byOrdinal the hash of each constant
/// @param hashes all hashes in ascending order
/// @param constants the constant of each of `hashes`
/// @param names the names in bytes, by ordinal
/// @param sinces the version that brought each constant, by ordinal
/// @param version the version whose bytes are written
@SuppressWarnings("ArrayRecordComponent") // shapes are never compared or shown
record EnumShape(
        String name,
        List<Integer> byOrdinal,
        int[] hashes,
        List<Object> constants,
        List<String> names,
        List<Integer> sinces,
        int version)
        implements Shape {

    static EnumShape of(Class<?> type, String path, int version) {
        Object[] constants = Objects.requireNonNull(type.getEnumConstants());
        Map<Integer, Object> byHash = new TreeMap<>();
        List<Integer> byOrdinal = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Integer> sinces = new ArrayList<>();
        for (Object constant : constants) {
            String name = nameOf(type, ((Enum<?>) constant).name());
            byOrdinal.add(WireType.hash32(name));
            names.add(name);
            sinces.add(Sinces.of(field(type, ((Enum<?>) constant).name())));
            Object other = byHash.put(WireType.hash32(name), constant);
            if (other != null) {
                throw new IllegalArgumentException(path + ": the constants " + other + " and " + constant + " of "
                        + type.getName() + " have the same hash; give one of them another @WireName");
            }
        }
        int[] hashes = byHash.keySet().stream().mapToInt(Integer::intValue).toArray();
        return new EnumShape(
                type.getSimpleName(),
                List.copyOf(byOrdinal),
                hashes,
                List.copyOf(byHash.values()),
                List.copyOf(names),
                List.copyOf(sinces),
                version);
    }

    /// The names of the constants that this version has.
    List<String> writtenNames() {
        return IntStream.range(0, names.size())
                .filter(ordinal -> sinces.get(ordinal) <= version)
                .mapToObj(names::get)
                .toList();
    }

    private static String nameOf(Class<?> type, String constant) {
        WireName name = field(type, constant).getAnnotation(WireName.class);
        return name == null ? constant : name.value();
    }

    static Field field(Class<?> type, String constant) {
        try {
            return type.getField(constant);
        } catch (NoSuchFieldException e) {
            throw new IllegalArgumentException(type.getName() + " has no constant " + constant, e);
        }
    }

    @Override
    public int wireType() {
        return WireType.FIXED32;
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // an index within this run, never in the bytes
    public void write(Object value, WireOutput out) {
        int ordinal = ((Enum<?>) value).ordinal();
        if (sinces.get(ordinal) > version) {
            throw Sinces.notYet(names.get(ordinal), sinces.get(ordinal));
        }
        out.fixed32(byOrdinal.get(ordinal));
    }

    @Override
    public Object read(WireInput in) {
        int at = Arrays.binarySearch(hashes, in.fixed32());
        if (at < 0) {
            throw new CodecException("a constant that this version of " + name + " does not know");
        }
        return constants.get(at);
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public boolean isFixed() {
        return true;
    }

    @Override
    public boolean evolves() {
        return true;
    }
}
