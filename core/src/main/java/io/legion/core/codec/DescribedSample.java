package io.legion.core.codec;

import io.legion.core.CodecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// Writes samples by the description of a codec alone: values that have something in each component. Programs with
/// the same format get the same bytes.
///
/// Every number and text of a sample is another one. A type inside itself is left out, and a collection has one
/// element.
public final class DescribedSample {
    private static final int SIZE_HINT = 64;
    private static final int MOST_BYTES = 1024 * 1024;

    /// So that each fits into a byte.
    private static final int MOST_NUMBERS = 100;

    private final Schema schema;
    private final WireOutput out = new WireOutput(SIZE_HINT, MOST_BYTES);
    private final Set<String> open = new TreeSet<>();
    private int written;

    private DescribedSample(Schema schema) {
        this.schema = schema;
    }

    /// The bytes of a sample of each alternative of a sealed interface, by its name; or of the one type,
    /// under an empty name.
    ///
    /// @param description as [RecordCodec#describe] gave it
    /// @throws CodecException if the text does not tell enough, or a sample would be too large
    public static SortedMap<String, byte[]> of(String description) {
        var schema = Schema.of(description);
        var samples = new TreeMap<String, byte[]>();
        if (schema.knows(schema.root()) && schema.definition(schema.root()).isSealed()) {
            schema.definition(schema.root())
                    .parts()
                    .forEach((name, type) -> samples.put(name, new DescribedSample(schema).alternative(name, type)));
        } else {
            samples.put("", new DescribedSample(schema).root());
        }
        return samples;
    }

    private byte[] alternative(String name, String type) {
        open.add(schema.root());
        out.fixed32(WireType.hash32(name));
        body(type);
        return out.toByteArray();
    }

    private byte[] root() {
        if (schema.isBody(schema.root())) {
            body(schema.root());
        } else {
            value(schema.root());
        }
        return out.toByteArray();
    }

    private void body(String type) {
        var definition = schema.definition(type);
        if (definition.ambiguous()) {
            throw new CodecException("several types of the program are named " + type);
        }
        open.add(type);
        if (definition.isSealed()) {
            var first = first(definition);
            out.fixed32(WireType.hash32(first.getKey()));
            body(first.getValue());
        } else {
            definition.parts().entrySet().stream()
                    .filter(component -> isThere(component.getValue()))
                    .sorted(Comparator.comparingInt(component -> WireType.hash(schema.key(component))))
                    .forEach(this::component);
        }
        open.remove(type);
    }

    private Map.Entry<String, String> first(Schema.Definition sealed) {
        return sealed.parts().entrySet().stream()
                .filter(part -> isThere(part.getValue()))
                .findFirst()
                .orElseThrow(() -> new CodecException("a sample that has no end"));
    }

    /// Whether a sample has such a component: not inside itself.
    private boolean isThere(String type) {
        if (schema.knows(type)) {
            var definition = schema.definition(type);
            return !open.contains(type)
                    && (definition.isRecord()
                            || definition.parts().values().stream()
                                    .anyMatch(part -> definition.isEnum() || isThere(part)));
        }
        return !type.contains("<") || Schema.arguments(type).stream().allMatch(this::isThere);
    }

    private void component(Map.Entry<String, String> component) {
        out.fixed32(schema.key(component));
        value(component.getValue());
    }

    private void value(String type) {
        if (schema.isBody(type)) {
            int start = out.open();
            body(type);
            out.close(start);
        } else if (schema.knows(type)) {
            out.fixed32(WireType.hash32(
                    schema.definition(type).parts().keySet().iterator().next()));
        } else if (type.contains("<")) {
            collection(type);
        } else {
            scalar(type);
        }
    }

    private void collection(String type) {
        List<String> arguments = Schema.arguments(type);
        int start = out.open();
        if (!type.startsWith("optional<")) {
            out.varLong(1);
        }
        arguments.forEach(this::value);
        out.close(start);
    }

    private void scalar(String type) {
        written = written % MOST_NUMBERS + 1;
        if (type.equals("bytes")) {
            out.bytes(new byte[] {(byte) written});
        } else {
            Schema.scalar(type).write(number(type, written), out);
        }
    }

    private static Object number(String type, int number) {
        return switch (type) {
            case "boolean" -> true;
            case "int8" -> (byte) number;
            case "int16" -> (short) number;
            case "char" -> (char) ('a' + number % 26);
            case "int32" -> number;
            case "int64" -> (long) number;
            case "float32" -> (float) number;
            case "float64" -> (double) number;
            case "string" -> "text " + number;
            case "uuid" -> new UUID(number, number);
            case "instant" -> Instant.ofEpochSecond(number);
            case "duration" -> Duration.ofSeconds(number);
            case "date" -> LocalDate.ofEpochDay(number);
            case "datetime" -> LocalDateTime.ofEpochSecond(number, 0, ZoneOffset.UTC);
            case "integer" -> BigInteger.valueOf(number);
            case "decimal" -> BigDecimal.valueOf(number);
            case "uri" -> URI.create("urn:text:" + number);
            default -> throw new CodecException("there is no sample of a " + type);
        };
    }
}
