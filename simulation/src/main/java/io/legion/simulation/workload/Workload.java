package io.legion.simulation.workload;

import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.primitive.Fingerprint;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.Randomness;
import java.util.List;

/// What the clients of a run ask for.
public interface Workload {
    /// An event for a partition.
    record Wish(PartitionType<?> type, PartitionKey key, Event<?, ?> event) {
        /// Takes the event over, as Legion does (see [io.legion.core.Codec#own]).
        public Wish {
            event = own(type, event);
        }

        @SuppressWarnings("unchecked")
        private static <S> Event<S, ?> own(PartitionType<S> type, Event<?, ?> event) {
            return type.eventCodecs().events().own((Event<S, ?>) event);
        }

        public PartitionAddress address() {
            return new PartitionAddress(type.id(), key);
        }

        /// The first version that knows the event.
        public int version() {
            return version(type, event);
        }

        @SuppressWarnings("unchecked")
        private static <S> int version(PartitionType<S> type, Event<?, ?> event) {
            return type.eventCodecs().events().firstVersionOf((Event<S, ?>) event);
        }

        /// The event's bytes.
        public Bytes payload() {
            return payload(type, event);
        }

        @SuppressWarnings("unchecked")
        private static <S> Bytes payload(PartitionType<S> type, Event<?, ?> event) {
            return Bytes.wrap(
                    type.eventCodecs().events().at(version(type, event)).encode((Event<S, ?>) event));
        }

        /// The fingerprint of a use of a request id for this event (R74).
        public long fingerprint() {
            Bytes key = key().bytes();
            long ofKey = Fingerprint.of(type.id(), key.shared(), 0, key.size());
            Bytes payload = payload();
            return Fingerprint.of(ofKey, payload.shared(), 0, payload.size());
        }
    }

    List<PartitionType<?>> types();

    /// The types of each release of the service, the oldest first; the last one's are [#types].
    default List<List<PartitionType<?>>> releases() {
        return List.of(types());
    }

    /// The next request.
    ///
    /// @param number counts the requests of the run
    Wish next(long number, Randomness random);
}
