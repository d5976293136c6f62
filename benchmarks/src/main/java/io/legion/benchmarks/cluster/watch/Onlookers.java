package io.legion.benchmarks.cluster.watch;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Those who watch a cluster while it is under load: a dashboard that is open at its first node, and
/// Prometheus, which scrapes every node. They run in this process, since neither would run in a node's.
///
/// **Threads.** One thread begins and ends.
public final class Onlookers implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final OpenDashboard dashboard;
    private final List<Scraping> prometheus;
    private final List<Future<Void>> watching = new ArrayList<>();

    private Onlookers(List<URI> admins) {
        this.dashboard = new OpenDashboard(http, admins.getFirst(), ended);
        this.prometheus = Scraping.ofAll(http, admins, ended);
    }

    /// Begins to watch.
    ///
    /// @param admins where the nodes' admin services listen
    public static Onlookers of(List<URI> admins) {
        var onlookers = new Onlookers(admins);
        onlookers.dashboard.questions().forEach(onlookers::begin);
        onlookers.prometheus.forEach(scraping -> onlookers.begin(scraping.scrapes()));
        return onlookers;
    }

    private void begin(Callable<Void> task) {
        watching.add(threads.submit(task));
    }

    /// Watches no more, once the answers that are under way have come.
    ///
    /// @return how often they were answered
    /// @throws IllegalStateException if one of them was refused or got no answer
    public Looks end() {
        close();
        for (var each : watching) {
            requireAnswered(each);
        }
        return new Looks(
                dashboard.answers(),
                prometheus.stream().mapToLong(Scraping::answers).sum());
    }

    private static void requireAnswered(Future<Void> each) {
        try {
            each.get();
        } catch (ExecutionException failure) {
            var cause = failure.getCause();
            throw new IllegalStateException(
                    "The cluster was not watched as it should be, so this run measures nothing: "
                            + (cause == null ? failure : cause).getMessage() + ".",
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the last answers were awaited", interrupted);
        }
    }

    /// Watches no more.
    @Override
    public void close() {
        ended.countDown();
        threads.close();
        http.close();
    }
}
