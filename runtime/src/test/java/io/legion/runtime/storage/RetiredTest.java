package io.legion.runtime.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.shard.RetiredPlace;
import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreIdentity;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetiredTest {
    @Test
    void aRecordOfAnEarlierBuildIsReadAndShowsNoOldCopy() {
        try (var store = MemoryStore.open(new MemoryStore.Config(new ByteSize(1 << 20)))) {
            store.identify(new StoreIdentity(new UUID(1, 1), "bank", new NodeId(1), 1, 1, new TreeMap<>()));
            assertThat(Retired.place(store, 0)).isEqualTo(RetiredPlace.NONE);
            byte[] earlier = ByteBuffer.allocate(Long.BYTES).putLong(5).array();
            store.write(new Batch().put(ShardLayout.nodeRecord("retired.0"), earlier), Durability.MEMORY);
            assertThat(Retired.place(store, 0)).isEqualTo(new RetiredPlace(5, Long.MAX_VALUE));
        }
    }
}
