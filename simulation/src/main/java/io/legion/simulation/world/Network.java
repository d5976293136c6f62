package io.legion.simulation.world;

import io.legion.simulation.Randomness;
import io.legion.simulation.scene.Links;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.time.Timeline;
import java.util.function.Consumer;

/// The ways between machines: messages pass as bytes, and may be lost, doubled, late or out of order.
public final class Network {
    private final Links links;

    /// True if what one machine sends another arrives in order, and once, as the frames of whole nodes do.
    private final boolean inOrder;

    private final Timeline timeline;
    private final Randomness random;
    private final boolean[][] cut;
    private final long[][] extraMicros;
    private final long[][] arrives;

    /// The share of messages that get lost beyond the scene's share.
    private double moreLoss;
    private long disturbedMicros;

    Network(Scene scene, Timeline timeline, Randomness random) {
        this.links = scene.links();
        this.inOrder = scene.nodes().whole();
        this.timeline = timeline;
        this.random = random;
        // One place more than machines, for a twin.
        int places = scene.nodes().machines() + 1;
        this.cut = new boolean[places][places];
        this.arrives = new long[places][places];
        this.extraMicros = new long[places][places];
    }

    void send(int from, int to, byte[] bytes, Consumer<byte[]> receiver) {
        if (cut[from][to] || random.chance(links.loss() + moreLoss)) {
            return;
        }
        deliver(from, to, bytes, receiver);
        if (!inOrder && random.chance(links.doubled())) {
            deliver(from, to, bytes, receiver);
        }
    }

    private void deliver(int from, int to, byte[] bytes, Consumer<byte[]> receiver) {
        long delay = links.latencyMicros() + random.between(0, links.jitterMicros()) + extraMicros[from][to];
        if (inOrder) {
            delay = Math.max(delay, arrives[from][to] - timeline.micros());
            arrives[from][to] = timeline.micros() + delay;
        }
        timeline.after(delay, () -> {
            if (!cut[from][to]) {
                receiver.accept(bytes);
            }
        });
    }

    public void cut(int from, int to) {
        disturbedMicros = timeline.micros();
        cut[from][to] = true;
    }

    public void heal(int from, int to) {
        disturbedMicros = timeline.micros();
        cut[from][to] = false;
    }

    public void slow(int from, int to, long micros) {
        disturbedMicros = timeline.micros();
        extraMicros[from][to] = micros;
    }

    public boolean isSlow(int from, int to) {
        return extraMicros[from][to] > 0;
    }

    /// Loses this share of messages more than the scene says.
    public void loseMore(double share) {
        disturbedMicros = timeline.micros();
        moreLoss = share;
    }

    public boolean losesMore() {
        return moreLoss > 0;
    }

    /// When a link last became worse or better.
    long disturbedMicros() {
        return disturbedMicros;
    }

    /// True if all links are open, and no slower and no more lossy than the scene says.
    boolean isWhole() {
        for (int from = 0; from < cut.length; from++) {
            for (int to = 0; to < cut.length; to++) {
                if (cut[from][to] || extraMicros[from][to] > 0) {
                    return false;
                }
            }
        }
        return moreLoss == 0;
    }

    /// True if messages get through between the two, both ways.
    boolean isOpen(int one, int other) {
        return !cut[one][other] && !cut[other][one];
    }

    /// Lets everything through again, as fast as ever.
    public void healAll() {
        disturbedMicros = timeline.micros();
        moreLoss = 0;
        for (int from = 0; from < cut.length; from++) {
            for (int to = 0; to < cut.length; to++) {
                cut[from][to] = false;
                extraMicros[from][to] = 0;
            }
        }
    }
}
