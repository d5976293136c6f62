package io.legion.discovery.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// The [FileHandles] of this process, as its JVM sees them. A JVM asks for as many as the system's hard limit allows.
public final class ProcessFileHandles implements FileHandles {
    @Override
    public Optional<Use> use() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? Optional.of(new Use(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount()))
                : Optional.empty();
    }
}
