package io.legion.recording;

import static java.util.Objects.requireNonNull;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// What a golden history is of.
///
/// @param type the name of the partition type
/// @param version the newest version that the recorded release ran
/// @param recorded when the recording ended, by the clock of its node
/// @param pseudonymous true if the service has replaced what nobody is to see ([Pseudonyms])
/// @param initial the initial state of that release, as version 1 writes it
/// @param newest the same as its newest version writes it, with the defaults of all components; empty in files that
///     older releases of Legion recorded
public record HistoryHead(
        String type, int version, Instant recorded, boolean pseudonymous, Bytes initial, Optional<Bytes> newest) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /// What was read from a file may lack something.
    public HistoryHead {
        requireNonNull(type, "no type");
        requireNonNull(recorded, "no time");
        requireNonNull(initial, "no initial state");
    }

    /// The head of a history that is recorded from this release.
    public static HistoryHead of(PartitionType<?> type, Instant recorded, boolean pseudonymous) {
        return new HistoryHead(
                type.name(),
                type.version(),
                recorded,
                pseudonymous,
                initial(type, PartitionType.FIRST_VERSION),
                Optional.of(initial(type, type.version())));
    }

    /// The name of a file, such as `account-v2-20261130T170000Z.history`.
    String fileName() {
        return type.replaceAll("[^A-Za-z0-9._-]", "_") + "-v" + version + "-"
                + TIME.format(recorded.atOffset(ZoneOffset.UTC)) + HistoryFile.ENDING;
    }

    /// The initial state of a type, as a version writes it.
    ///
    /// @throws io.legion.core.CodecException if it cannot be written
    public static <S> Bytes initial(PartitionType<S> type, int version) {
        return Bytes.wrap(type.stateCodec(version).encode(type.initial()));
    }
}
