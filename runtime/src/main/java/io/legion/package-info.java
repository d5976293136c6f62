/// A node of a Legion cluster, as a service opens it and uses it.
package io.legion;
