/// Internal: members, and which shards this node takes part in.
package io.legion.runtime.control;
