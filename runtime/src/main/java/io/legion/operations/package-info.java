/// What an operator asks of a node and reads from it.
package io.legion.operations;
