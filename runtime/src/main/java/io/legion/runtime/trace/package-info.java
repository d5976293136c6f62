/// Internal: the parts of a traced request, as the spans of a [io.legion.service.Tracer].
package io.legion.runtime.trace;
