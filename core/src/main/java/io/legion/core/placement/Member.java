package io.legion.core.placement;

import io.legion.core.CodecException;
import io.legion.core.NodeId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;

/// A node as the list of members knows it.
///
/// @param node the identity of its store
/// @param status how far it is in its life
/// @param incarnation counts how often the node described itself anew; the description of the highest one holds
/// @param weight its share of the shards, compared with other members; 0 for none
/// @param zone the name of what fails together with it; empty if not known
/// @param address where people and joining nodes find it; may be empty
/// @param release the release of the service that it runs
public record Member(
        NodeId node, Status status, long incarnation, double weight, String zone, String address, NodeRelease release) {
    /// How far a member is in its life. It only moves forward (R61).
    public enum Status {
        /// Has come, and holds no shards yet.
        JOINING(1),
        /// Placement may choose it as a participant.
        UP(2),
        /// Hands over its shards.
        LEAVING(3),
        /// Is out, and its id is never used again.
        GONE(4);

        /// Stands for the status in messages; it must never change.
        private final int code;

        Status(int code) {
            this.code = code;
        }

        private static Status of(int code) {
            for (Status status : values()) {
                if (status.code == code) {
                    return status;
                }
            }
            throw new CodecException("no status of a member has the number " + code);
        }
    }

    /// @throws IllegalArgumentException if the weight is negative or not finite
    public Member {
        if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("the weight of a member is 0 or more, not " + weight);
        }
    }

    /// A member of whose release nothing is known.
    public Member(NodeId node, Status status, long incarnation, double weight, String zone, String address) {
        this(node, status, incarnation, weight, zone, address, NodeRelease.UNKNOWN);
    }

    /// This member with a later status; unchanged if it is that far already.
    public Member at(Status later) {
        return later.compareTo(status) <= 0
                ? this
                : new Member(node, later, incarnation, weight, zone, address, release);
    }

    /// What two lists know of a node: the later status, and the later description.
    Member merge(Member other) {
        Member described = compareDescription(other) >= 0 ? this : other;
        return described.at(status).at(other.status);
    }

    /// Orders by incarnation. Two descriptions of one incarnation should not exist, but have an order too, so
    /// that merging has one result.
    private int compareDescription(Member other) {
        int order = Long.compare(incarnation, other.incarnation);
        order = order != 0 ? order : Double.compare(weight, other.weight);
        order = order != 0 ? order : zone.compareTo(other.zone);
        order = order != 0 ? order : address.compareTo(other.address);
        return order != 0 ? order : release.toString().compareTo(other.release.toString());
    }

    void write(WireOutput out) {
        out.fixed64(node.value());
        out.writeByte(status.code);
        out.varLong(incarnation);
        out.fixed64(Double.doubleToLongBits(weight));
        out.string(zone);
        out.string(address);
        release.write(out);
    }

    static Member read(WireInput in) {
        var node = new NodeId(in.fixed64());
        Status status = Status.of(in.readByte());
        long incarnation = in.varLong();
        double weight = Double.longBitsToDouble(in.fixed64());
        if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
            throw new CodecException("a weight of " + weight);
        }
        return new Member(node, status, incarnation, weight, in.string(), in.string(), NodeRelease.read(in));
    }
}
