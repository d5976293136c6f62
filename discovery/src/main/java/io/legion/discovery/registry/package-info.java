/// The registry's domain, pure: an application and its instances as a partition's state, and the events that change it.
package io.legion.discovery.registry;
