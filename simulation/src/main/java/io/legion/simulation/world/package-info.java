/// Internal: machines that run Legion's nodes or lanes, the network between them, and who asked what.
package io.legion.simulation.world;
