package io.legion.benchmarks.cluster.watch;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Prometheus, as a node sees it: it reads the node's meters every five seconds.
final class Scraping {
    static final Duration INTERVAL = Duration.ofSeconds(5);
    static final String METRICS = "/metrics";

    private final Asking node;
    private final Duration first;
    private final CountDownLatch ended;

    private Scraping(Asking node, Duration first, CountDownLatch ended) {
        this.node = node;
        this.first = first;
        this.ended = ended;
    }

    /// One for each node. Prometheus spreads its targets over the interval; so even a short time has its share of
    /// scrapes.
    ///
    /// @param admins where the nodes' admin services listen
    /// @param ended opens when there are to be no more scrapes
    static List<Scraping> ofAll(HttpClient http, List<URI> admins, CountDownLatch ended) {
        var all = new ArrayList<Scraping>();
        for (var admin : admins) {
            var node = new Asking(http, admin, "text/plain;version=0.0.4", INTERVAL);
            all.add(new Scraping(node, INTERVAL.multipliedBy(all.size()).dividedBy(admins.size()), ended));
        }
        return all;
    }

    /// Scrapes until the end.
    Callable<Void> scrapes() {
        return () -> {
            long due = System.nanoTime() + first.toNanos();
            while (!ended.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                node.ask(METRICS);
                due += INTERVAL.toNanos();
            }
            return null;
        };
    }

    /// How many answers there were.
    long answers() {
        return node.answers();
    }
}
