package io.legion.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.simulation.shapes.Shapes;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The simulation as users have it, with the bank account that the documents show.
final class BankTest {
    // region: bank
    record Balance(long cents) {}

    sealed interface BankEvent extends Event<Balance, Long> {}

    record PayIn(long cents) implements BankEvent {
        @Override
        public Applied<Balance, Long> apply(Balance state, EventContext context) {
            var next = new Balance(state.cents() + cents);
            return Applied.of(next, next.cents());
        }
    }

    record PayOut(long cents) implements BankEvent {
        @Override
        public Applied<Balance, Long> apply(Balance state, EventContext context) {
            if (state.cents() < cents) {
                throw new IllegalStateException("there are only " + state.cents() + " cents");
            }
            var next = new Balance(state.cents() - cents);
            return Applied.of(next, next.cents());
        }
    }

    static final PartitionType<Balance> BANK =
            PartitionType.named("bank", new Balance(0)).events(BankEvent.class);
    // end: bank

    // region: test
    @Test
    void noAccountIsEverOverdrawn() {
        Simulation.of(BANK)
                .events(random ->
                        random.chance(0.5) ? new PayIn(random.between(1, 100)) : new PayOut(random.between(1, 100)))
                .mayFail(IllegalStateException.class)
                .invariant(balance -> balance.cents() >= 0)
                .seeds(100)
                .run();
    }
    // end: test

    // region: shapes
    @Test
    void everyReleaseFitsTheOnesBefore() {
        Shapes.in(Path.of("src/test/shapes")).check(BANK);
    }
    // end: shapes

    record Careless(long cents) implements Event<Balance, Long> {
        @Override
        public Applied<Balance, Long> apply(Balance state, EventContext context) {
            return Applied.of(new Balance(state.cents() - cents), 0L);
        }
    }

    @Test
    void anInvariantThatDoesNotHoldIsFound() {
        var careless = PartitionType.named("careless", new Balance(0)).events(Careless.class);
        assertThatThrownBy(() -> Simulation.of(careless)
                        .events(random -> new Careless(random.between(1, 9)))
                        .invariant(balance -> balance.cents() >= 0)
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("your invariant is broken")
                .hasMessageContaining("seed(0)");
    }

    record Clocked() implements Event<Balance, Long> {
        @Override
        public Applied<Balance, Long> apply(Balance state, EventContext context) {
            return Applied.of(new Balance(System.nanoTime()), 0L);
        }
    }

    @Test
    void anEventThatLooksAtTheClockIsFound() {
        var clocked = PartitionType.named("clocked", new Balance(0)).events(Clocked.class);
        assertThatThrownBy(
                        () -> Simulation.of(clocked).events(_ -> new Clocked()).run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("gives something else when applied again");
    }

    record Name(String text) {}

    record Shout(String text) implements Event<Name, String> {
        @Override
        public Applied<Name, String> apply(Name state, EventContext context) {
            String loud = text.toUpperCase(Locale.getDefault());
            return Applied.of(new Name(loud), loud);
        }
    }

    @Test
    void anEventThatDependsOnTheLocaleIsFound() {
        var names = PartitionType.named("names", new Name("")).events(Shout.class);
        assertThatThrownBy(() ->
                        Simulation.of(names).events(_ -> new Shout("title")).run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("depends on the locale or the time zone");
    }

    @Test
    void aFailureThatNobodyMeantIsFoundWithEventStateAndException() {
        assertThatThrownBy(() -> Simulation.of(BANK)
                        .events(random -> random.chance(0.5) ? new PayIn(1) : new PayOut(5))
                        .mayFail(ArithmeticException.class)
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PayOut[cents=5] threw java.lang.IllegalStateException: there are only ")
                .hasMessageContaining("the state before was Balance[cents=")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    /// Fails in one state of a thousand, which the check of purity does not come to.
    record Rarely(long cents) implements Event<Balance, Long> {
        @Override
        public Applied<Balance, Long> apply(Balance state, EventContext context) {
            if (state.cents() > 60) {
                throw new IndexOutOfBoundsException("a mistake");
            }
            return Applied.of(new Balance(state.cents() + cents), cents);
        }
    }

    @Test
    void aMistakeThatShowsOnlyInALongRunIsFoundThere() {
        var type = PartitionType.named("rarely", new Balance(0)).events(Rarely.class);
        assertThatThrownBy(() -> Simulation.of(type)
                        .events(_ -> new Rarely(1))
                        .keys(1)
                        .inOneJvm()
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Rarely[cents=1] threw java.lang.IndexOutOfBoundsException: a mistake")
                .hasMessageContaining("Balance[cents=61]");
    }
}
