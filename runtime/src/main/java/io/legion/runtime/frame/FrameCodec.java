package io.legion.runtime.frame;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.NodeId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.placement.Members;
import io.legion.core.shard.MessageCodec;
import io.legion.core.shard.Seen;
import io.legion.core.shard.Wire;
import io.legion.service.Logger;
import java.util.ArrayList;
import java.util.List;

/// The format of frames: one byte for the version, then items until the end. An item is one byte for its kind,
/// then its parts in order.
public final class FrameCodec {
    public static final int VERSION = 1;

    /// The kind of [Item.Ask] with a trace.
    private static final int TRACED_ASK = 16;

    private FrameCodec() {}

    public static void write(WireOutput out, Item item) {
        switch (item) {
            case Item.ForShard i -> {
                kind(out, 1).varLong(i.shard());
                MessageCodec.write(out, i.message());
            }
            case Item.Ask i -> {
                if (i.trace() == null) {
                    call(kind(out, 2), i.number(), i.shard(), i.remainingMillis());
                } else {
                    TraceWire.write(kind(out, TRACED_ASK), i.trace());
                    call(out, i.number(), i.shard(), i.remainingMillis());
                }
                ItemWire.request(out, i.request());
            }
            case Item.AskRead i -> {
                call(kind(out, 3), i.number(), i.shard(), i.remainingMillis());
                ItemWire.read(out, i.read());
            }
            case Item.ReplyOutput i -> {
                kind(out, 4).varLong(i.number());
                ItemWire.answered(out, i.reply());
            }
            case Item.ReplyState i -> {
                kind(out, 5).varLong(i.number());
                out.fixed32(i.type());
                Wire.bytes(out, i.state());
                out.optional(i.seen(), (o, seen) -> seen.write(o));
            }
            case Item.ReplyRefusal i -> writeRefused(kind(out, 6), i);
            case Item.Waiting i -> kind(out, 7).varLong(i.number());
            case Item.KnownMembers i -> i.members().write(kind(out, 8));
            case Item.Views i -> kind(out, 9).list(i.views(), ItemWire::view);
            case Item.Invite i -> {
                kind(out, 10).varLong(i.shard());
                out.list(i.sources(), Wire::node);
            }
            case Item.AskPage i -> writeAskPage(kind(out, 11), i);
            case Item.ReplyPage i -> {
                kind(out, 12).varLong(i.number());
                out.optional(i.page(), ItemWire::page);
            }
            case Item.StoppedShards i -> {
                kind(out, 13).varLong(i.number());
                ItemWire.stopped(out, i.shards());
            }
            case Item.Consult i -> {
                kind(out, 14).varLong(i.number());
                Wire.bytes(out, i.question());
            }
            case Item.Consulted i -> {
                kind(out, 15).varLong(i.number());
                Wire.bytes(out, i.answer());
            }
        }
    }

    private static Item.Ask tracedAsk(WireInput in) {
        var trace = TraceWire.read(in);
        return new Item.Ask(in.varLong(), ItemWire.number(in), in.varLong(), ItemWire.request(in), trace);
    }

    private static WireOutput kind(WireOutput out, int kind) {
        out.writeByte(kind);
        return out;
    }

    private static void call(WireOutput out, long number, int shard, long remainingMillis) {
        out.varLong(number);
        out.varLong(shard);
        out.varLong(remainingMillis);
    }

    private static void writeRefused(WireOutput out, Item.ReplyRefusal refused) {
        out.varLong(refused.number());
        ItemWire.refusal(out, refused.reason());
        out.optional(refused.birth(), Wire::eventId);
        out.string(refused.explanation());
        out.optional(refused.view(), ItemWire::view);
    }

    private static void writeAskPage(WireOutput out, Item.AskPage ask) {
        out.varLong(ask.number());
        out.fixed32(ask.type());
        ItemWire.position(out, ask.from());
        out.varLong(ask.limit());
        out.list(ask.shards(), (o, shard) -> o.varLong(shard));
    }

    /// Reads a frame.
    ///
    /// @return the items, in order
    /// @throws CodecException if it is of another version, or broken
    public static List<Item> read(Bytes frame) {
        var in = new WireInput(frame.shared());
        int version = in.readByte();
        if (version != VERSION) {
            throw new CodecException("a frame of version " + version + ", and this node reads version " + VERSION);
        }
        var items = new ArrayList<Item>();
        while (in.remaining() > 0) {
            items.add(readItem(in));
        }
        return items;
    }

    /// Reads a frame of another node; drops one that it cannot read, with a warning.
    public static List<Item> readOrNone(NodeId from, Bytes frame, Logger logger) {
        try {
            return read(frame);
        } catch (CodecException unreadable) {
            logger.warning("A frame of " + frame.size() + " bytes from the node " + from
                    + " was dropped, because it cannot be read: " + unreadable.getMessage()
                    + ". If this goes on, the nodes run programs that do not fit together.");
            return List.of();
        }
    }

    private static Item readItem(WireInput in) {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Item.ForShard(ItemWire.number(in), MessageCodec.read(in));
            case 2 -> new Item.Ask(in.varLong(), ItemWire.number(in), in.varLong(), ItemWire.request(in));
            case 3 -> new Item.AskRead(in.varLong(), ItemWire.number(in), in.varLong(), ItemWire.read(in));
            case 4 -> new Item.ReplyOutput(in.varLong(), ItemWire.answered(in));
            case 5 -> new Item.ReplyState(in.varLong(), in.fixed32(), Wire.bytes(in), in.optional(Seen::read));
            case 6 ->
                new Item.ReplyRefusal(
                        in.varLong(),
                        ItemWire.refusal(in),
                        in.optional(Wire::eventId),
                        in.string(),
                        in.optional(ItemWire::view));
            case 7 -> new Item.Waiting(in.varLong());
            case 8 -> new Item.KnownMembers(Members.read(in));
            case 9 -> new Item.Views(in.list(ItemWire::view));
            case 10 -> new Item.Invite(ItemWire.number(in), in.list(Wire::node));
            case 11 ->
                new Item.AskPage(
                        in.varLong(),
                        in.fixed32(),
                        ItemWire.position(in),
                        ItemWire.number(in),
                        in.list(ItemWire::number));
            case 12 -> new Item.ReplyPage(in.varLong(), in.optional(ItemWire::page));
            case 13 -> new Item.StoppedShards(in.varLong(), ItemWire.stopped(in));
            case 14 -> new Item.Consult(in.varLong(), Wire.bytes(in));
            case 15 -> new Item.Consulted(in.varLong(), Wire.bytes(in));
            case TRACED_ASK -> tracedAsk(in);
            default -> throw new CodecException("no item of a frame has the number " + kind);
        };
    }
}
