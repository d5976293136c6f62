package io.legion.simulation;

import java.util.function.Consumer;

/// The ways between machines: messages pass as bytes, and may be lost, doubled, late or out of order.
final class Network {
    private final Scene scene;
    private final Timeline timeline;
    private final Randomness random;
    private final boolean[][] cut;
    private final long[][] extraMicros;
    private final long[][] arrives;

    /// The share of messages that get lost beyond the scene's share.
    double moreLoss;

    /// The number of messages sent.
    long sent;

    Network(Scene scene, Timeline timeline, Randomness random) {
        this.scene = scene;
        this.timeline = timeline;
        this.random = random;
        // One place more than machines, for a twin.
        int places = scene.machines() + 1;
        this.cut = new boolean[places][places];
        this.arrives = new long[places][places];
        this.extraMicros = new long[places][places];
    }

    void send(int from, int to, byte[] bytes, Consumer<byte[]> receiver) {
        sent++;
        if (cut[from][to] || random.chance(scene.loss() + moreLoss)) {
            return;
        }
        deliver(from, to, bytes, receiver);
        if (!scene.wholeNodes() && random.chance(scene.doubled())) {
            deliver(from, to, bytes, receiver);
        }
    }

    private void deliver(int from, int to, byte[] bytes, Consumer<byte[]> receiver) {
        long delay = scene.latencyMicros() + random.between(0, scene.jitterMicros()) + extraMicros[from][to];
        if (scene.wholeNodes()) {
            // Frames keep their order.
            delay = Math.max(delay, arrives[from][to] - timeline.micros());
            arrives[from][to] = timeline.micros() + delay;
        }
        timeline.after(delay, () -> {
            if (!cut[from][to]) {
                receiver.accept(bytes);
            }
        });
    }

    void cut(int from, int to) {
        cut[from][to] = true;
    }

    void heal(int from, int to) {
        cut[from][to] = false;
    }

    void slow(int from, int to, long micros) {
        extraMicros[from][to] = micros;
    }

    boolean isSlow(int from, int to) {
        return extraMicros[from][to] > 0;
    }

    /// True if messages get through between the two, both ways.
    boolean isOpen(int one, int other) {
        return !cut[one][other] && !cut[other][one];
    }

    /// Lets everything through again, as fast as ever.
    void healAll() {
        moreLoss = 0;
        for (int from = 0; from < cut.length; from++) {
            for (int to = 0; to < cut.length; to++) {
                cut[from][to] = false;
                extraMicros[from][to] = 0;
            }
        }
    }
}
