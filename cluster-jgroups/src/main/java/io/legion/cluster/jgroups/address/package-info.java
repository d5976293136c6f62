/// Internal: how people write addresses.
package io.legion.cluster.jgroups.address;
