/// Internal: one other node, what passes between it and this one, and whether it can be reached.
package io.legion.cluster.jgroups.link;
