package io.legion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.Since;
import org.junit.jupiter.api.Test;

/// A component gets another type, as the document on upgrades shows it.
final class RetypedFieldTest {
    record OldFare(int cents) {
        static final PartitionType<OldFare> TYPE =
                PartitionType.named("fare", new OldFare(0)).events(OldRaise.class);
    }

    record OldRaise(int cents) implements Event<OldFare, Integer> {
        @Override
        public Applied<OldFare, Integer> apply(OldFare fare, EventContext context) {
            var next = new OldFare(fare.cents + cents);
            return Applied.of(next, next.cents);
        }
    }

    record Money(int cents, String currency) {}

    // region: fare
    /// @param cents what version 1 had: from version 2 on 0, which takes no bytes
    record Fare(int cents, @Since(2) Money price) {
        Fare {
            price = cents != 0 || price == null ? new Money(cents, "EUR") : price;
        }

        static final PartitionType<Fare> TYPE = PartitionType.named("fare", new Fare(0, new Money(0, "EUR")))
                .events(Raise.class)
                .version(2);
    }

    record Raise(int cents) implements Event<Fare, Integer> {
        @Override
        public Applied<Fare, Integer> apply(Fare fare, EventContext context) {
            int next = fare.price().cents() + cents;
            var price = new Money(next, fare.price().currency());
            return Applied.of(context.version() < 2 ? new Fare(next, price) : new Fare(0, price), next);
        }
    }
    // end: fare

    /// With few partitions, some shards have no event yet when the version rises.
    @Test
    void statesOfTheOldFieldBecomeThoseOfTheNewOneWhileItIsRolledOut() {
        Simulation.of(Fare.TYPE)
                .events(random -> new Raise((int) random.between(1, 9)))
                .inOneJvm()
                .seeds(20)
                .rolledOutFrom(OldFare.TYPE)
                .run();
    }

    @Test
    void theOldBytesAreReadAndTheNewOnesLackTheOldField() {
        var codec = Fare.TYPE.stateCodec();
        var old = codec.decode(OldFare.TYPE.stateCodec().encode(new OldFare(5)));
        assertThat(old).isEqualTo(new Fare(5, new Money(5, "EUR")));
        assertThat(codec.at(1).encode(old)).isEqualTo(OldFare.TYPE.stateCodec().encode(new OldFare(5)));
        var context = new EventContext(new EventId(1, new ParticipantId(new NodeId(1), 0)), PartitionKey.of("a"), 2);
        var next = new Raise(1).apply(old, context).state();
        assertThat(next).isEqualTo(new Fare(0, new Money(6, "EUR")));
        assertThat(codec.decode(codec.encode(next))).isEqualTo(next);
    }
}
