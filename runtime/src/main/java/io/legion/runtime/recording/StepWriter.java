package io.legion.runtime.recording;

import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.PartitionType;
import io.legion.core.codec.Lending;
import io.legion.core.shard.FoldObserver;
import io.legion.recording.HistoryStep;
import io.legion.recording.Pseudonyms;
import io.legion.recording.StepRun;
import org.jspecify.annotations.Nullable;

/// Writes down what has folded, as the service lets it be seen.
///
/// @param pseudonyms null if all is to be seen
record StepWriter<S>(PartitionType<S> type, @Nullable Pseudonyms<S> pseudonyms) {
    /// An event with the name of its kind.
    record Written(String kind, HistoryStep step) {}

    static StepWriter<?> of(PartitionType<?> type, @Nullable Pseudonyms<?> pseudonyms) {
        return pseudonyms == null ? new StepWriter<>(type, null) : of(pseudonyms);
    }

    private static <S> StepWriter<S> of(Pseudonyms<S> pseudonyms) {
        return new StepWriter<>(pseudonyms.type(), pseudonyms);
    }

    /// @throws RuntimeException if the service's functions or codecs fail
    @SuppressWarnings("unchecked")
    Written write(FoldObserver.Fold fold) {
        Event<S, ?> event = type.eventCodecs().events().decode(fold.event().shared());
        var before = (S) fold.before();
        var step = pseudonyms == null
                ? asItIs(fold, before, (S) fold.after())
                : StepRun.of(
                        type,
                        pseudonyms.key().apply(fold.key()),
                        fold.id(),
                        fold.version(),
                        pseudonyms.event().apply(event),
                        Lending.lent(
                                type.stateCodec(), pseudonyms.state().apply(Lending.lent(type.stateCodec(), before))));
        return new Written(event.getClass().getName() + (step.failed() ? " fails" : ""), step);
    }

    private HistoryStep asItIs(FoldObserver.Fold fold, S before, S after) {
        int version = fold.version();
        Bytes bytesBefore = StepRun.state(type, version, before);
        return new HistoryStep(
                fold.key(),
                fold.id(),
                version,
                fold.event(),
                bytesBefore,
                fold.isFailed() ? bytesBefore : StepRun.state(type, version, after),
                fold.isFailed(),
                fold.body(),
                StepRun.tags(type, version, after));
    }
}
