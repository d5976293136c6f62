package com.example.reservations.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.reservations.Venue;
import com.example.reservations.VenueServer;
import io.legion.Legion;
import io.legion.Partition;
import io.legion.Partitions;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.PartitionKey;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// That the check sees the mistakes of a service: one caller, and one node in memory.
final class PlantedMistakesTest {
    private static final int LOOKS = 100;

    @Test
    void aServiceWithoutMistakesPasses() throws Exception {
        for (var mode : Mode.values()) {
            assertEquals(List.of(), falseAnswers(mode, partition -> partition), mode::text);
        }
    }

    @Test
    void aServiceThatIgnoresTheIdempotencyKeyIsFound() throws Exception {
        for (var mode : Mode.values()) {
            found(
                    mode,
                    "the request counts twice",
                    partition -> instead(
                            partition,
                            "request",
                            3,
                            (real, arguments) -> real.request(event(arguments[0]), (Consistency) arguments[1])));
        }
    }

    @Test
    void aServiceThatShowsAnEarlierStateIsFound() throws Exception {
        for (var mode : Mode.values()) {
            var earlier = new ConcurrentHashMap<PartitionKey, Venue>();
            found(
                    mode,
                    "that were known to be applied when it began",
                    partition -> instead(
                            partition,
                            "read",
                            1,
                            (real, arguments) ->
                                    earlier.computeIfAbsent(real.key(), _ -> real.read((Consistency) arguments[0]))));
        }
    }

    @SuppressWarnings("unchecked") // the events of a venue's partition are a venue's
    private static <O> Event<Venue, O> event(Object argument) {
        return (Event<Venue, O>) argument;
    }

    private static void found(Mode mode, String what, UnaryOperator<Partition<Venue>> mistake) throws Exception {
        var found = falseAnswers(mode, mistake);
        assertTrue(found.stream().anyMatch(each -> each.contains(what)), () -> mode.text() + ": " + found);
    }

    private static List<String> falseAnswers(Mode mode, UnaryOperator<Partition<Venue>> mistake) throws Exception {
        var tally = new Tally(mode, () -> "in a test");
        var venue = new VenueHistory("odeon", mode, 3);
        try (var legion = Legion.open("reservations", Venue.TYPE);
                var server = VenueServer.open(new VenueServer.Config("127.0.0.1", 0), with(legion, mistake));
                var service = new Callers(List.of(server.port(), server.port(), server.port()))) {
            var caller = new Caller(
                    "caller", mode, service, tally, new Seen.OfVenues(), new Wholeness(), 0, new SplittableRandom(7));
            caller.open(venue, 40);
            var looks = new int[1];
            caller.callUntil(() -> looks[0]++ == LOOKS, List.of(venue));
            var book = legion.partitions(Venue.TYPE).of("odeon").read(Consistency.FINAL).book().stream()
                    .map(entry -> entry.reference() + " " + entry.outcome())
                    .toList();
            var found = new ArrayList<>(tally.falseAnswers());
            found.addAll(BookCheck.of(venue, book).falseAnswers());
            return found;
        }
    }

    private static Legion with(Legion real, UnaryOperator<Partition<Venue>> mistake) {
        return (Legion) proxy(Legion.class, (_, method, arguments) -> {
            var result = invoke(real, method, arguments);
            return result instanceof Partitions<?> partitions ? with(partitions, mistake) : result;
        });
    }

    @SuppressWarnings("unchecked") // there are no others than venues
    private static Partitions<Venue> with(Partitions<?> real, UnaryOperator<Partition<Venue>> mistake) {
        return (Partitions<Venue>) proxy(Partitions.class, (_, method, arguments) -> {
            var result = invoke(real, method, arguments);
            return result instanceof Partition<?> ? mistake.apply((Partition<Venue>) result) : result;
        });
    }

    /// The partition, with another body of the method of this name and number of parameters.
    @SuppressWarnings("unchecked") // of the interface that it stands for
    private static Partition<Venue> instead(
            Partition<Venue> real, String name, int parameters, BiFunction<Partition<Venue>, Object[], Object> body) {
        return (Partition<Venue>) proxy(Partition.class, (_, method, arguments) -> {
            if (method.getName().equals(name) && method.getParameterCount() == parameters) {
                return body.apply(real, arguments);
            }
            var result = invoke(real, method, arguments);
            return result instanceof Partition<?> ? instead((Partition<Venue>) result, name, parameters, body) : result;
        });
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
