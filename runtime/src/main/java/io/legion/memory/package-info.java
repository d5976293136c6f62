/// A store in the heap and a cluster of one node: for tests, and for data that may be lost.
package io.legion.memory;
