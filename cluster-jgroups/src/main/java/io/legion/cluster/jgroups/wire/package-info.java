/// Internal: the TCP transport, which Legion shares with JGroups, and its TLS.
package io.legion.cluster.jgroups.wire;
