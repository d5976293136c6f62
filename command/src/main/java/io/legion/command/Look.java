package io.legion.command;

import io.legion.command.asking.Picture;
import io.legion.command.client.AdminClient;
import io.legion.command.client.AdminException;
import io.legion.command.client.AdminException.Kind;
import io.legion.command.client.ClientTls;
import io.legion.command.client.Probe;
import io.legion.command.client.Sign;
import io.legion.command.client.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// What the doctor saw at one address.
sealed interface Look {
    /// How long all looks together may take.
    Duration LONGEST = Duration.ofSeconds(9);

    /// How long a server may take to show its cluster. The steps of a closer look after it still fit into the longest
    /// time of all, and that into the doctor's 10 s.
    Duration PATIENCE = Duration.ofSeconds(3);

    /// How long each step of a closer look may take.
    Duration STEP = Duration.ofSeconds(1);

    URI server();

    /// An admin service showed its cluster.
    record Seen(URI server, Picture picture) implements Look {}

    /// None did.
    record Unseen(URI server, Kind kind, Sign sign) implements Look {}

    /// Looks at all addresses at once, so that one that hangs delays no other.
    static List<Look> atAll(AdminClient client, ClientTls tls) throws InterruptedException {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var running = threads.invokeAll(
                    client.servers().stream()
                            .<Callable<Look>>map(server -> () -> at(server, client, tls))
                            .toList(),
                    LONGEST.toMillis(),
                    TimeUnit.MILLISECONDS);
            var looks = new ArrayList<Look>();
            for (int i = 0; i < running.size(); i++) {
                looks.add(result(client.servers().get(i), running.get(i)));
            }
            return looks;
        } finally {
            // No wait: a look-up of a name cannot be interrupted.
            threads.shutdownNow();
        }
    }

    private static Look at(URI server, AdminClient client, ClientTls tls) {
        try {
            return new Seen(server, new Picture(client.get(server, Target.of("cluster"))));
        } catch (AdminException failure) {
            var sign = failure.kind() == Kind.UNANSWERED
                    ? new Probe(server, tls, STEP).look()
                    : new Sign(failure.what(), failure.next());
            return new Unseen(server, failure.kind(), sign);
        }
    }

    private static Look result(URI server, Future<Look> look) throws InterruptedException {
        try {
            return look.get();
        } catch (CancellationException late) {
            return new Unseen(
                    server,
                    Kind.UNANSWERED,
                    new Sign(
                            "Nothing is known of " + server + ": not even a look at it ended within "
                                    + LONGEST.toSeconds() + " s.",
                            "Look at the network, and at the name service."));
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault.getCause());
        }
    }
}
