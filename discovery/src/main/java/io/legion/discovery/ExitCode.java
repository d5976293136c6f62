package io.legion.discovery;

/// The exit codes of this module's programs.
final class ExitCode {
    /// Stopped as asked, by a signal too.
    static final int STOPPED = 0;

    /// Could not start, or failed while it ran; the message says why.
    static final int FAILURE = 1;

    /// The command line or the configuration is wrong; nothing was opened.
    static final int USAGE = 2;

    /// Out of memory or of threads: the code with which a JVM ends itself under `-XX:+ExitOnOutOfMemoryError`.
    static final int EXHAUSTED = 3;

    private ExitCode() {}
}
