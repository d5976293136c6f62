package io.legion.runtime.client;

import io.legion.core.CodecException;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.primitive.Murmur;
import io.legion.core.shard.Seen;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// A session as a text: the number of the format, the cluster, what was seen of each shard, and a checksum, in the
/// alphabet of Base64 for addresses (RFC 4648, section 5).
final class SessionToken {
    private static final int FORMAT = 1;

    /// Longer texts are no tokens: a session of every shard of the largest cluster is shorter.
    private static final int MOST_CHARACTERS = 1 << 20;

    private static final int CHECKSUM_BYTES = 4;

    private SessionToken() {}

    static String write(UUID cluster, SortedMap<Integer, Seen> shards) {
        var out = new WireOutput();
        out.writeByte(FORMAT);
        out.fixed32(mark(cluster));
        out.varLong(shards.size());
        for (Map.Entry<Integer, Seen> shard : shards.entrySet()) {
            out.varLong(shard.getKey());
            shard.getValue().write(out);
        }
        out.fixed32(checksum(out.buffer(), out.size()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    /// @throws IllegalArgumentException if the text is no token of this cluster
    static SortedMap<Integer, Seen> read(String token, UUID cluster, int shards) {
        byte[] bytes = bytes(token);
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < 0 || new WireInput(bytes, length, CHECKSUM_BYTES).fixed32() != checksum(bytes, length)) {
            throw new IllegalArgumentException("the text is no token of a session, or was damaged on its way");
        }
        try {
            return read(new WireInput(bytes, 0, length), cluster, shards);
        } catch (CodecException broken) {
            throw new IllegalArgumentException("the text is no token of a session: " + broken.getMessage(), broken);
        }
    }

    private static SortedMap<Integer, Seen> read(WireInput in, UUID cluster, int shards) {
        if (in.readByte() != FORMAT) {
            throw new IllegalArgumentException("the token is of another release of Legion; begin a new session");
        }
        if (in.fixed32() != mark(cluster)) {
            throw new IllegalArgumentException("the token is of a session of another cluster; begin a new one");
        }
        var seen = new TreeMap<Integer, Seen>();
        for (int left = in.count(2); left > 0; left--) {
            long shard = in.varLong();
            if (shard < 0 || shard >= shards) {
                throw new CodecException("there is no shard " + shard);
            }
            seen.put((int) shard, Seen.read(in));
        }
        in.requireEnd();
        return seen;
    }

    private static byte[] bytes(String token) {
        if (token.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("a token of a session has at most " + MOST_CHARACTERS + " characters");
        }
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException other) {
            throw new IllegalArgumentException(
                    "the text is no token of a session: it has characters that no token has", other);
        }
    }

    private static int mark(UUID cluster) {
        return (int) Murmur.mix(cluster.getMostSignificantBits() ^ Murmur.mix(cluster.getLeastSignificantBits()));
    }

    private static int checksum(byte[] bytes, int length) {
        long sum = FORMAT;
        for (int i = 0; i < length; i++) {
            sum = Murmur.mix(sum + bytes[i]);
        }
        return (int) sum;
    }
}
