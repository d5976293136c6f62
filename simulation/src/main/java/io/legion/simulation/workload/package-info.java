/// Internal: what callers ask for, and the partition types of Legion's own runs.
package io.legion.simulation.workload;
