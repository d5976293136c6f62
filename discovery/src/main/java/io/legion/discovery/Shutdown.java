package io.legion.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a program end in order when it gets SIGTERM or SIGINT, or when the one who started it is gone.
///
/// The program waits for [#await()], closes what it opened, and says so by [#finished(int)]; only then does the
/// process exit, with the code that the program gave. A program that does not finish in time is ended.
///
/// **Threads.** Any.
final class Shutdown {
    /// Longer than anything takes that a program closes.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int code = ExitCode.FAILURE;

    private final PrintStream err;

    private Shutdown(PrintStream err) {
        this.err = err;
    }

    /// Takes care of the signals from now on.
    static Shutdown onSignals(PrintStream err) {
        var shutdown = new Shutdown(err);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::end, "shutdown"));
        return shutdown;
    }

    /// Also when this stream ends, which it does when the process at its other end is gone, whatever ended it.
    void whenEnds(InputStream parent) {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            try {
                parent.transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // As good as the end.
            }
            request();
        });
    }

    /// As if a signal had come.
    void request() {
        requested.countDown();
    }

    /// Waits until the program is to end.
    void await() throws InterruptedException {
        requested.await();
    }

    /// Waits for a while until the program is to end.
    ///
    /// @return true if it is to
    boolean await(Duration patience) throws InterruptedException {
        return requested.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// True once the program is to end.
    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /// The program has closed everything, and the process exits with this code.
    void finished(int exitCode) {
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
        // Without this the exit code would be that of the signal, though the program stopped as it was asked to.
        Runtime.getRuntime().halt(code);
    }
}
