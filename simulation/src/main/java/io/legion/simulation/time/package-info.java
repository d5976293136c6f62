/// Internal: virtual time, and the story of what happens in it.
package io.legion.simulation.time;
