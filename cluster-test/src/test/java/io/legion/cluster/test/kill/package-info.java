/// A node on its own whose process is killed again and again under load.
@org.jspecify.annotations.NullMarked
package io.legion.cluster.test.kill;
