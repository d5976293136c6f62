package io.legion.cluster.jgroups.wire;

/// What travels between nodes. JGroups' own messages begin with its version, which is never [#MAGIC].
///
/// A *greeting* is `MAGIC GREETING` and a [io.legion.cluster.jgroups.link.Greeting]. A *parcel* is `MAGIC PARCEL`,
/// the receiver's token, the sender's token, how much the sender has processed (in [#cost]), the parcel's number,
/// and then frames: each a length and its bytes, or, for a frame larger than a parcel, pieces: minus the length of
/// the piece, the length of the frame, and the bytes. A parcel without frames is an acknowledgement and has no
/// number of its own.
public final class WireFormat {

    /// How every message begins.
    public static final short MAGIC = 0x4C47;

    /// The kind of a greeting.
    public static final byte GREETING = 1;

    /// The kind of a parcel.
    public static final byte PARCEL = 2;

    /// What precedes the frames of a parcel, after magic and kind.
    public static final int PARCEL_HEADER = 4 * Long.BYTES;

    /// The most bytes of one parcel. JGroups puts its length before it, and both fit into its output buffer of
    /// 64 KiB and a bit: one write to the socket.
    public static final int PARCEL_BYTES = 64 * 1024;

    /// What a connection reads and writes at once.
    static final int BUFFER_BYTES = PARCEL_BYTES + 1024;

    /// The longest message accepted: JGroups' own are at most as long as its bundles.
    static final int LONGEST = 256 * 1024;

    private static final int FRAME_OVERHEAD = 64;

    private WireFormat() {}

    /// What a frame of this size takes of the window: the objects around a small frame count too.
    public static long cost(int frameBytes) {
        return (long) frameBytes + FRAME_OVERHEAD;
    }
}
