package com.example.reservations;

import io.legion.LegionSettings;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.store.rocksdb.RocksDbStore;

/// The configuration of a node: a group of keys for each service that it opens.
///
/// @param http where callers reach the node
/// @param store where it keeps its state
/// @param cluster where it and the other nodes reach each other
/// @param legion the name of its cluster and its settings
record NodeConfig(
        VenueServer.Config http, RocksDbStore.Config store, JGroupsCluster.Config cluster, LegionSettings legion) {}
