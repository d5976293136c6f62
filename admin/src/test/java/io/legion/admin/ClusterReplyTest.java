package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `/cluster` says of nodes of which nothing is known.
class ClusterReplyTest {
    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);

    /// By a service that sees the cluster for the first time.
    private JsonNode lag(int number) {
        try (var admin = TestAdmin.open(cluster)) {
            var reply = new JsonMapper().readTree(admin.get("/cluster").body());
            return reply.get("nodes").get(number - 1).get("lag");
        }
    }

    @Test
    void howFarASilentNodeIsBehindIsNotKnownWhereAShardSaysNothing() {
        cluster.kill(3);
        cluster.node(1).shards.removeIf(copy -> copy.shard() == 2);
        cluster.node(2).shards.removeIf(copy -> copy.shard() == 2);
        assertThat(lag(3).isNull()).isTrue();
        assertThat(lag(2).get("events").asInt()).isZero();
    }

    @Test
    void howFarASilentNodeIsBehindIsKnownWhereAllShardsSayIt() {
        cluster.kill(3);
        assertThat(lag(3).get("events").asInt()).isZero();
    }
}
