package io.legion.discovery.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a program end in order on SIGTERM or SIGINT, or when the process that started it is gone.
///
/// The program waits for [#await()], closes what it opened, and says so by [#finished(int)]; only then does the
/// process exit, with the program's code. A program that does not finish in time is ended.
///
/// **Threads.** Any.
public final class Shutdown {
    /// Longer than a program takes to close anything.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int code = ExitCode.FAILURE;

    private final PrintStream err;

    private Shutdown(PrintStream err) {
        this.err = err;
    }

    /// Handles the signals from now on.
    public static Shutdown onSignals(PrintStream err) {
        var shutdown = new Shutdown(err);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::end, "shutdown"));
        return shutdown;
    }

    /// Also ends the program when this stream ends: then the process at its other end is gone, whatever ended
    /// it.
    public void whenEnds(InputStream parent) {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            try {
                parent.transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // As good as the end.
            }
            request();
        });
    }

    /// Acts as if a signal had come.
    public void request() {
        requested.countDown();
    }

    /// Waits until the program should end.
    public void await() throws InterruptedException {
        requested.await();
    }

    /// Waits for a while until the program should end.
    ///
    /// @return true if it should
    public boolean await(Duration patience) throws InterruptedException {
        return requested.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// True once the program should end.
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// The program has closed everything, and the process exits with this code.
    public void finished(int exitCode) {
        code = exitCode;
        finished.countDown();
    }

    private void end() {
        requested.countDown();
        try {
            if (!finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                err.println("The process did not stop within " + PATIENCE.toSeconds() + " s and is ended.");
            }
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        // Without this the exit code would be the signal's, though the program stopped as asked.
        Runtime.getRuntime().halt(code);
    }
}
