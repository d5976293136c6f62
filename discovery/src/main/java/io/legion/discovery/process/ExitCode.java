package io.legion.discovery.process;

/// The exit codes of this module's programs.
public final class ExitCode {
    /// Stopped as asked, by a signal too.
    public static final int STOPPED = 0;

    /// Could not start, or failed while it ran; the message says why.
    public static final int FAILURE = 1;

    /// The command line or the configuration is wrong; nothing was opened.
    public static final int USAGE = 2;

    /// Out of memory or of threads: the code with which a JVM ends itself under `-XX:+ExitOnOutOfMemoryError`.
    public static final int EXHAUSTED = 3;

    private ExitCode() {}
}
