package io.legion.admin.api;

import io.legion.admin.document.Documents;
import io.legion.admin.observation.Observation;
import io.legion.http.ApiReply;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The reply that shows an observation: it is made once for all who ask while the observation is the newest one.
///
/// **Threads.** Any; two that ask at once may both make it.
final class KeptReply {
    private record Kept(Observation observation, ApiReply reply) {}

    private final Function<Observation, ?> document;
    private volatile @Nullable Kept last;

    /// @param document what is replied
    KeptReply(Function<Observation, ?> document) {
        this.document = document;
    }

    ApiReply of(Observation observation) {
        var kept = last;
        if (kept == null || !kept.observation.equals(observation)) {
            kept = new Kept(observation, reply(observation));
            last = kept;
        }
        return kept.reply;
    }

    private ApiReply reply(Observation observation) {
        var body = Replies.bounded(Documents.bytes(document.apply(observation)));
        return ApiReply.shared(200, ApiReply.JSON, body);
    }
}
