/// Internal: whether a user's events are pure.
package io.legion.simulation.purity;
