package io.legion.simulation.purity;

import io.legion.core.Codec;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.codec.DerivedEventCodecs;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/// The second Java virtual machine of a purity check: applies the events that it reads, and writes what they came
/// to. See [OtherJvm].
final class OtherJvmMain {
    private OtherJvmMain() {}

    /// Serves until the other side ends.
    ///
    /// @param arguments the class of the events
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        var in = new DataInputStream(new BufferedInputStream(System.in));
        var out = new DataOutputStream(new BufferedOutputStream(System.out));
        // What an event prints must not get between the answers.
        System.setOut(System.err);
        turnIdentityHashes();
        JvmExchange.greet(out);
        try {
            serve(DerivedEventCodecs.of(Class.forName(arguments[0])), in, out);
        } catch (EOFException end) {
            // The check is over.
        }
    }

    /// The hashes of enums and of classes without a hash of their own follow each other in every run alike: this
    /// begins at another one.
    private static void turnIdentityHashes() {
        for (long left = 1 + System.nanoTime() % 1_000; left > 0; left--) {
            System.identityHashCode(new Object());
        }
    }

    private static <S> void serve(DerivedEventCodecs<S> events, DataInputStream in, DataOutputStream out)
            throws IOException {
        Codec<S> states = Codec.derived(events.state());
        while (true) {
            Event<S, ?> event = events.events().decode(JvmExchange.readBytes(in));
            S state = states.decode(JvmExchange.readBytes(in));
            EventContext context = JvmExchange.readContext(in);
            JvmExchange.write(
                    out, Tried.of(states, events, event, state, context).outcome());
        }
    }
}
