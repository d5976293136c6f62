/// A cluster of processes that find each other and talk over TCP, and its settings.
package io.legion.cluster.jgroups;
