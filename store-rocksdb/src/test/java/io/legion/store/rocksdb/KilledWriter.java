package io.legion.store.rocksdb;

import io.legion.core.NodeId;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreIdentity;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.UUID;

/// A process that writes until it is killed, and says each batch that was acknowledged.
final class KilledWriter {

    static final int COPIES = 3;

    /// Much more often than by itself, so that a kill comes just after the floor was raised.
    private static final int FLOOR_EVERY = 10;

    private KilledWriter() {}

    public static void main(String[] arguments) {
        var store = RocksPlace.open(Path.of(arguments[0]));
        var durability = Durability.valueOf(arguments[1]);
        int round = Integer.parseInt(arguments[2]);
        store.identify(new StoreIdentity(new UUID(9, 9), "kill", new NodeId(1), 1, 1, new TreeMap<>()));
        for (long i = 0; ; i++) {
            var batch = new Batch();
            for (int copy = 0; copy < COPIES; copy++) {
                batch.put(
                        key(round, i, copy), ByteBuffer.allocate(200).putLong(i).array());
            }
            store.write(batch, durability);
            if (i % FLOOR_EVERY == 0) {
                store.inside().raiseFloor();
            }
            say(i);
        }
    }

    /// Unbuffered: what this process has said, it has said before it dies.
    @SuppressWarnings("SystemOut")
    private static void say(long acknowledged) {
        PrintStream out = System.out;
        out.println(acknowledged);
        out.flush();
    }

    static byte[] key(int round, long i, int copy) {
        return ByteBuffer.allocate(13).put((byte) copy).putInt(round).putLong(i).array();
    }

    /// All that the tests run with, whether it is on their class path or their module path.
    static String classPath() {
        return System.getProperty("java.class.path")
                + System.getProperty("path.separator")
                + System.getProperty("jdk.module.path", "");
    }
}
