/// Internal: the parts of a request, as the JDK's Flight Recorder shows them. Nothing is recorded, and
/// nothing measured, unless somebody asks for it.
package io.legion.runtime.flight;
