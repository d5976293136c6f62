/// What the writer of a store or of a cluster service implements.
package io.legion.spi;
