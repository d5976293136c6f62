package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestTableTest {
    @Test
    void itIsWhatAPlainMapIs() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var table = new RequestTable();
            var plain = new HashMap<RequestId, EventId>();
            int numbers = random.nextInt(1, 300);
            for (int step = 0; step < 2_000; step++) {
                var id = new RequestId(random.nextInt(3), random.nextInt(numbers));
                var event = new EventId(step, new ParticipantId(new NodeId(random.nextInt(4)), 0));
                switch (random.nextInt(4)) {
                    case 0 -> {
                        table.put(id, event);
                        plain.put(id, event);
                    }
                    case 1 -> assertThat(table.putIfAbsent(id, event)).isEqualTo(plain.putIfAbsent(id, event));
                    case 2 -> {
                        table.remove(id);
                        plain.remove(id);
                    }
                    default -> assertThat(table.get(id)).as("seed " + seed).isEqualTo(plain.get(id));
                }
            }
            for (int client = 0; client < 3; client++) {
                for (int number = 0; number < numbers; number++) {
                    var id = new RequestId(client, number);
                    assertThat(table.get(id)).as("seed " + seed).isEqualTo(plain.get(id));
                }
            }
        }
    }
}
