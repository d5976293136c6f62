package io.legion.runtime.frame;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.codec.WireOutput;
import io.legion.service.Logger;
import io.legion.spi.Frames;
import java.util.ArrayDeque;
import java.util.TreeMap;

/// Collects what goes to other nodes, and sends each of them one frame with everything (or more, if it is too
/// much for one).
public final class Mail {
    /// A frame that the next item would make larger is sent first.
    private static final int ENOUGH = 256 * 1024;

    /// The most outputs kept for further frames, each of at most [#SPARE_BYTES].
    private static final int SPARE = 16;

    private static final int SPARE_BYTES = 64 * 1024;

    private final Frames frames;
    private final Logger logger;
    private final TreeMap<NodeId, WireOutput> open = new TreeMap<>();
    private final ArrayDeque<WireOutput> spare = new ArrayDeque<>();

    /// One item, before it is put into its frame.
    private WireOutput written = new WireOutput();

    public Mail(Frames frames, Logger logger) {
        this.frames = frames;
        this.logger = logger;
    }

    public void add(NodeId to, Item item) {
        WireOutput out = written;
        out.clear();
        FrameCodec.write(out, item);
        int most = frames.maxFrameBytes();
        if (out.size() >= most) {
            logger.error("Something of " + out.size() + " bytes for the node " + to + " was not sent: a frame has at"
                    + " most " + most + ". Raise the bound of the cluster service.");
            return;
        }
        WireOutput frame = open.get(to);
        if (frame != null && frame.size() + out.size() > Math.min(ENOUGH, most)) {
            send(to, frame);
            frame = null;
        }
        if (frame == null) {
            frame = spare.isEmpty() ? new WireOutput() : spare.removeFirst();
            frame.writeByte(FrameCodec.VERSION);
            open.put(to, frame);
        }
        frame.raw(out);
        if (out.size() > ENOUGH) {
            written = new WireOutput();
        }
    }

    /// True if something waits to be sent.
    public boolean isEmpty() {
        return open.isEmpty();
    }

    /// Sends everything. What the cluster does not take is lost, as it could be on its way.
    public void flush() {
        open.forEach(this::send);
        open.clear();
    }

    private void send(NodeId to, WireOutput frame) {
        frames.send(to, Bytes.wrap(frame.toByteArray()));
        if (frame.size() <= SPARE_BYTES && spare.size() < SPARE) {
            frame.clear();
            spare.addFirst(frame);
        }
    }
}
