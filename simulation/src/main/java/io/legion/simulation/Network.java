package io.legion.simulation;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.shard.Message;
import io.legion.core.shard.MessageCodec;

/// The ways between machines: messages pass as bytes, and are lost, doubled, late or in another order.
final class Network {
    private final Scene scene;
    private final Timeline timeline;
    private final Randomness random;
    private final boolean[][] cut;
    private final long[][] extraMicros;

    /// How many more messages are lost than the scene says.
    double moreLoss;

    /// How many messages were sent.
    long sent;

    Network(Scene scene, Timeline timeline, Randomness random) {
        this.scene = scene;
        this.timeline = timeline;
        this.random = random;
        this.cut = new boolean[scene.machines()][scene.machines()];
        this.extraMicros = new long[scene.machines()][scene.machines()];
    }

    /// Takes a message that has come through.
    interface Receiver {
        void receive(Message message);
    }

    void send(int from, int to, Message message, Receiver receiver) {
        sent++;
        if (cut[from][to] || random.chance(scene.loss() + moreLoss)) {
            return;
        }
        var out = new WireOutput();
        MessageCodec.write(out, message);
        byte[] bytes = out.toByteArray();
        deliver(from, to, bytes, receiver);
        if (random.chance(scene.doubled())) {
            deliver(from, to, bytes, receiver);
        }
    }

    private void deliver(int from, int to, byte[] bytes, Receiver receiver) {
        long delay = scene.latencyMicros() + random.between(0, scene.jitterMicros()) + extraMicros[from][to];
        timeline.after(delay, () -> {
            if (!cut[from][to]) {
                var in = new WireInput(bytes);
                Message message = MessageCodec.read(in);
                in.requireEnd();
                receiver.receive(message);
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

    /// Whether messages get through between the two, both ways.
    boolean isOpen(int one, int other) {
        return !cut[one][other] && !cut[other][one];
    }

    /// Everything gets through again, as fast as ever.
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
