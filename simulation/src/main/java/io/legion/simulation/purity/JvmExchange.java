package io.legion.simulation.purity;

import io.legion.core.Bytes;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the two virtual machines of a purity check say to each other.
final class JvmExchange {
    private JvmExchange() {}

    /// The order of small sets, which has two values: that of a second machine should be the other one.
    static boolean order() {
        return Set.of("a", "b").iterator().next().equals("a");
    }

    static void greet(DataOutputStream out) throws IOException {
        out.writeBoolean(order());
        out.flush();
    }

    static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    static void write(DataOutputStream out, EventContext context) throws IOException {
        out.writeLong(context.id().time());
        out.writeLong(context.id().origin().node().value());
        out.writeLong(context.id().origin().epoch());
        writeBytes(out, context.key().bytes().shared());
        out.writeInt(context.version());
    }

    static EventContext readContext(DataInputStream in) throws IOException {
        long time = in.readLong();
        var origin = new ParticipantId(new NodeId(in.readLong()), in.readLong());
        return new EventContext(new EventId(time, origin), PartitionKey.of(readBytes(in)), in.readInt());
    }

    static void write(DataOutputStream out, Tried.Outcome outcome) throws IOException {
        write(out, outcome.state());
        write(out, outcome.output());
        out.writeBoolean(outcome.failure() != null);
        if (outcome.failure() != null) {
            out.writeUTF(outcome.failure());
        }
        out.flush();
    }

    static Tried.Outcome readOutcome(DataInputStream in) throws IOException {
        return new Tried.Outcome(readOptional(in), readOptional(in), in.readBoolean() ? in.readUTF() : null);
    }

    private static void write(DataOutputStream out, @Nullable Bytes bytes) throws IOException {
        out.writeBoolean(bytes != null);
        if (bytes != null) {
            writeBytes(out, bytes.shared());
        }
    }

    private static @Nullable Bytes readOptional(DataInputStream in) throws IOException {
        return in.readBoolean() ? Bytes.wrap(readBytes(in)) : null;
    }
}
