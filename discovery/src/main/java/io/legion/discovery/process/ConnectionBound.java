package io.legion.discovery.process;

import io.legion.service.Logger;
import java.io.IOException;

/// How many connections a node serves at once: as many as its settings say, but never more than the process has file
/// handles for. What the node opens first, its store and the ways to other nodes, has its handles by then; each
/// connection takes one more, and some are kept back for what comes later.
public record ConnectionBound(FileHandles handles, Logger logger) {
    /// For files that the store opens as it grows, connections with other nodes as they come and go, logs, and what
    /// the JVM opens when it first needs it.
    public static final int RESERVE = 150;

    /// With fewer a node is of no use.
    public static final int LEAST = 50;

    /// The number to serve with.
    ///
    /// @param wanted what the settings say
    /// @throws IOException if the process has too few handles for any use
    public int of(int wanted) throws IOException {
        var use = handles.use();
        return use.isPresent() ? of(wanted, use.get()) : wanted;
    }

    private int of(int wanted, FileHandles.Use use) throws IOException {
        long left = use.most() - use.open() - RESERVE;
        if (left >= wanted) {
            return wanted;
        }
        var numbers = "http.maximumConnections is " + wanted + ", for which the process needs "
                + (use.open() + RESERVE + wanted) + " file handles (" + use.open() + " are open, " + RESERVE
                + " are kept for the store and for other nodes), but it may have only " + use.most() + ".";
        var remedy = " Raise the limit (\"ulimit -Hn\", LimitNOFILE of systemd)";
        if (left < LEAST) {
            throw new IOException(
                    numbers + " That is not enough for any use, so the node does not start." + remedy + ".");
        }
        logger.warning(numbers + " The node serves " + left
                + " connections at once; a further one takes the place of one that only waits." + remedy
                + ", or set http.maximumConnections lower.");
        return (int) left;
    }
}
