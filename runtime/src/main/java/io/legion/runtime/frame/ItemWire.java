package io.legion.runtime.frame;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.Consistency;
import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.placement.StoppedCopies;
import io.legion.core.shard.Read;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.core.shard.Seen;
import io.legion.core.shard.Wire;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes and reads the small values in a frame that the protocol itself does not have ([Wire] has those).
final class ItemWire {
    private ItemWire() {}

    static void request(WireOutput out, Request request) {
        Wire.request(out, request.id());
        out.optional(request.birth(), Wire::eventId);
        Wire.address(out, request.address());
        Wire.bytes(out, request.payload());
        consistency(out, request.consistency());
        out.optional(request.seen(), (o, seen) -> seen.write(o));
        out.varLong(request.version());
    }

    static Request request(WireInput in) {
        return new Request(
                Wire.request(in),
                in.optional(Wire::eventId),
                Wire.address(in),
                Wire.bytes(in),
                null,
                consistency(in),
                in.optional(Seen::read),
                Math.toIntExact(in.varLong()));
    }

    static void read(WireOutput out, Read read) {
        Wire.address(out, read.address());
        out.flag(read.linearizable());
        out.optional(read.seen(), (o, seen) -> seen.write(o));
    }

    static Read read(WireInput in) {
        return new Read(Wire.address(in), in.flag(), in.optional(Seen::read));
    }

    static void answered(WireOutput out, Reply.Answered reply) {
        Wire.eventId(out, reply.id());
        consistency(out, reply.consistency());
        out.flag(reply.success());
        Wire.bytes(out, reply.body());
        out.optional(reply.seen(), (o, seen) -> seen.write(o));
    }

    static Reply.Answered answered(WireInput in) {
        return new Reply.Answered(
                Wire.eventId(in), consistency(in), in.flag(), Wire.bytes(in), in.optional(Seen::read));
    }

    private static void consistency(WireOutput out, Consistency consistency) {
        out.writeByte(
                switch (consistency) {
                    case FAST -> 1;
                    case DURABLE -> 2;
                    case FINAL -> 3;
                });
    }

    private static Consistency consistency(WireInput in) {
        int code = in.readByte();
        return switch (code) {
            case 1 -> Consistency.FAST;
            case 2 -> Consistency.DURABLE;
            case 3 -> Consistency.FINAL;
            default -> throw new CodecException("no consistency has the number " + code);
        };
    }

    static void refusal(WireOutput out, Reply.Refusal refusal) {
        out.writeByte(
                switch (refusal) {
                    case NOT_A_PARTICIPANT -> 1;
                    case NOT_NOW -> 2;
                    case ALREADY_APPLIED -> 3;
                    case OVERLOADED -> 4;
                    case TOO_OLD -> 5;
                    case UNREADABLE -> 6;
                    case BEHIND_SESSION -> 8;
                    case SESSION_LOST -> 9;
                    case ID_REUSED -> 10;
                    case INTERRUPTED -> 11;
                    case NOT_ACTIVE -> 12;
                });
    }

    static Reply.Refusal refusal(WireInput in) {
        int code = in.readByte();
        return switch (code) {
            case 1 -> Reply.Refusal.NOT_A_PARTICIPANT;
            case 2 -> Reply.Refusal.NOT_NOW;
            case 3 -> Reply.Refusal.ALREADY_APPLIED;
            case 4 -> Reply.Refusal.OVERLOADED;
            case 5 -> Reply.Refusal.TOO_OLD;
            case 6 -> Reply.Refusal.UNREADABLE;
            case 8 -> Reply.Refusal.BEHIND_SESSION;
            case 9 -> Reply.Refusal.SESSION_LOST;
            case 10 -> Reply.Refusal.ID_REUSED;
            case 11 -> Reply.Refusal.INTERRUPTED;
            case 12 -> Reply.Refusal.NOT_ACTIVE;
            default -> throw new CodecException("no refusal has the number " + code);
        };
    }

    static void view(WireOutput out, ShardView view) {
        out.varLong(view.shard());
        out.varLong(view.epoch());
        out.list(view.participants(), Wire::participant);
    }

    static ShardView view(WireInput in) {
        return new ShardView(number(in), in.varLong(), in.list(Wire::participant));
    }

    static void stopped(WireOutput out, SortedMap<Integer, StoppedCopies.Stopped> shards) {
        out.list(List.copyOf(shards.entrySet()), (o, stopped) -> {
            o.varLong(stopped.getKey());
            o.writeByte(stopped.getValue().kind().code());
            o.string(stopped.getValue().reason());
            o.flag(stopped.getValue().kept());
        });
    }

    static SortedMap<Integer, StoppedCopies.Stopped> stopped(WireInput in) {
        var shards = new TreeMap<Integer, StoppedCopies.Stopped>();
        in.list(i -> shards.put(
                number(i), new StoppedCopies.Stopped(StoppedCopies.Kind.of(i.readByte()), i.string(), i.flag())));
        return shards;
    }

    static void position(WireOutput out, SearchTag position) {
        Wire.bytes(out, position.tag().bytes());
        out.optional(position.key().orElse(null), (o, key) -> Wire.bytes(o, key.bytes()));
    }

    static SearchTag position(WireInput in) {
        return new SearchTag(tag(in), Optional.ofNullable(in.optional(Wire::key)));
    }

    private static void indexed(WireOutput out, IndexRecord indexed) {
        Wire.bytes(out, indexed.tag().bytes());
        Wire.bytes(out, indexed.key().bytes());
    }

    private static IndexRecord indexed(WireInput in) {
        return new IndexRecord(tag(in), Wire.key(in));
    }

    private static Tag tag(WireInput in) {
        Bytes bytes = Wire.bytes(in);
        if (bytes.size() > Tag.MAX_BYTES) {
            throw new CodecException("a tag of " + bytes.size() + " bytes");
        }
        return new Tag(bytes);
    }

    static void page(WireOutput out, Page page) {
        out.list(page.records(), ItemWire::indexed);
        out.flag(page.end());
    }

    static Page page(WireInput in) {
        var page = new Page(in.list(ItemWire::indexed), in.flag());
        if (page.records().isEmpty() && !page.end()) {
            throw new CodecException("a page of the index without records, which is not the last one");
        }
        return page;
    }

    /// A number that is not negative and fits into 31 bits.
    static int number(WireInput in) {
        long number = in.varLong();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new CodecException("the number " + number + " is too large");
        }
        return (int) number;
    }
}
