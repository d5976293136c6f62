package io.legion.discovery.process;

import java.io.PrintStream;

/// Ends the process when the machine gives the JVM no more memory or no more threads. What goes on then is a process
/// that holds its ports and answers nothing. The other nodes detect a node that is gone, and a
/// supervisor starts it again: it loses nothing that it acknowledged.
///
/// With `-XX:+ExitOnOutOfMemoryError` the JVM ends itself where the heap is full, with the same code. It does not
/// where a thread cannot be started.
public final class Exhaustion {
    private final PrintStream err;

    private Exhaustion(PrintStream err) {
        this.err = err;
    }

    /// From now on, an error of the virtual machine that ends any thread ends the process.
    public static Exhaustion endsTheProcess(PrintStream err) {
        var exhaustion = new Exhaustion(err);
        var others = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof VirtualMachineError error) {
                exhaustion.end(error);
            } else if (others != null) {
                others.uncaughtException(thread, failure);
            } else {
                err.println("Exception in thread \"" + thread.getName() + "\"");
                failure.printStackTrace(err);
            }
        });
        return exhaustion;
    }

    /// Looks whether a thread can be started: where code that starts one catches the error, nothing else shows it.
    public void look() {
        try {
            Thread.ofPlatform().name("exhaustion-probe").start(() -> {}).join();
        } catch (OutOfMemoryError none) {
            end(none);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Says why, and ends the process at once: to close in order may take what is not there.
    public void end(VirtualMachineError error) {
        try {
            err.println("legion node: the process ends, because the machine gives it no more: " + error
                    + ". What it acknowledged is stored. Give it more memory (-Xmx) or more threads (ulimit -u,"
                    + " TasksMax of systemd), or less to do, and start it again.");
        } finally {
            Runtime.getRuntime().halt(ExitCode.EXHAUSTED);
        }
    }
}
