package io.legion.founding;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.codec.RecordCodec;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One line as a partition of its type.
record JsonLineCodec<S>(PartitionType<S> type, RecordCodec<S> codec) {
    private static final Set<String> MEMBERS = Set.of("key", "state");

    /// @throws FoundingDataException if the type has a codec of the user's own, which JSON does not reach
    static <S> JsonLineCodec<S> of(PartitionType<S> type) {
        if (type.stateCodec() instanceof RecordCodec<S> codec) {
            return new JsonLineCodec<>(type, codec);
        }
        throw new FoundingDataException("The states of the type '" + type.name() + "' have a codec of their own, so"
                + " Legion cannot read them from JSON. Read them in the program, and give FoundingData.of.");
    }

    FoundingRecord read(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> members) || !members.keySet().equals(MEMBERS)) {
            throw new FoundingDataException("A line is {\"key\": ..., \"state\": ...}, and this one is not.");
        }
        try {
            S state = codec.fromJson(members.get("state"));
            return new FoundingRecord(type.name(), key(members.get("key")), Bytes.wrap(codec.encode(state)));
        } catch (CodecException | IllegalArgumentException wrong) {
            throw new FoundingDataException(
                    "This is no partition of the type '" + type.name() + "': " + wrong.getMessage() + ".", wrong);
        }
    }

    private static PartitionKey key(@Nullable Object json) {
        return switch (json) {
            case String text -> PartitionKey.of(text);
            case Map<?, ?> hex
            when hex.keySet().equals(Set.of("hex")) && hex.get("hex") instanceof String digits ->
                PartitionKey.of(HexFormat.of().parseHex(digits));
            case null, default ->
                throw new IllegalArgumentException(
                        "a key is a text, or {\"hex\": \"...\"} with the digits of its bytes");
        };
    }
}
