package io.legion.cluster.jgroups.peers;

import java.util.concurrent.ThreadLocalRandom;

/// Numbers for the starts of a node. A later start has a higher number, as long as the machine's clock does not
/// go back; two starts never have the same one.
final class Incarnations {

    private static final int RANDOM_BITS = 20;

    private Incarnations() {}

    static long next() {
        long random = ThreadLocalRandom.current().nextLong(1L << RANDOM_BITS);
        return (System.currentTimeMillis() << RANDOM_BITS) + random;
    }
}
