/// The registry's own API: services by name and version range, and a stream of their changes.
package io.legion.discovery.plain;
