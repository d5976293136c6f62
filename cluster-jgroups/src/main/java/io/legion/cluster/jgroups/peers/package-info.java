/// Internal: all other nodes, how this one finds them, and which it keeps out.
package io.legion.cluster.jgroups.peers;
