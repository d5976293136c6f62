package io.legion.cluster.jgroups.wire;

import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jgroups.logging.Log;
import org.jspecify.annotations.Nullable;

/// What JGroups' connections have to say, for somebody who looks for a cause. Only a connection that was not
/// accepted (a wrong certificate, a peer without TLS) is a warning, once for each host.
public final class JGroupsLog implements Log {

    private static final int MOST_HOSTS = 256;
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Logger logger;
    private final Doorbook doorbook;
    private final Monitor.Counter refused;
    private final Set<InetAddress> hosts = Collections.synchronizedSet(new HashSet<>());

    /// When [#cannotAccept] warned; used by the acceptor alone.
    private long warnedNanos = System.nanoTime() - AGAIN.toNanos();

    /// Tells the logger, and notes in the book who was not accepted.
    ///
    /// @param refused counts the connections that were not accepted
    public JGroupsLog(Logger logger, Monitor.Counter refused, Doorbook doorbook) {
        this.logger = logger;
        this.refused = refused;
        this.doorbook = doorbook;
    }

    /// One more connection was not accepted.
    void refused() {
        refused.increment();
    }

    private void say(Object message, @Nullable Throwable cause) {
        logger.debug(() -> "JGroups: " + message + (cause == null ? "" : ": " + cause));
    }

    // The formats are JGroups'.
    @SuppressWarnings("AnnotateFormatMethod")
    private void say(String format, @Nullable Object... values) {
        logger.debug(() -> "JGroups: " + String.format(Locale.ROOT, format, values));
    }

    /// Warns, once for each host.
    void notAccepted(InetAddress host, Throwable why) {
        boolean ended = isEnd(why) || (why instanceof SSLException && isEnd(why.getCause()));
        notAccepted(
                host,
                ended ? "it ended before it had shown who it is" : String.valueOf(why),
                !ended && why instanceof SSLException);
    }

    /// Whoever only looks whether somebody listens, as an admin service does, has shown no wrong certificate.
    private static boolean isEnd(@Nullable Throwable why) {
        return why instanceof SocketException || why instanceof EOFException;
    }

    /// Warns, at most once a minute.
    void cannotAccept(Throwable why) {
        long now = System.nanoTime();
        if (now - warnedNanos >= AGAIN.toNanos()) {
            warnedNanos = now;
            logger.warning("No connection of another node can be accepted now: " + why
                    + ". This node goes on with those that it has, and tries again ten times a second. If there are too"
                    + " many open files, raise their limit (ulimit -n).");
        } else {
            say("cannot accept: %s", why);
        }
    }

    /// Warns, once for each host, of one whose certificate is not trusted.
    public void notTrusted(InetAddress host, String why) {
        notAccepted(host, why, true);
    }

    /// Warns, once for each host.
    void notAccepted(InetAddress host, String why) {
        notAccepted(host, why, false);
    }

    private void notAccepted(InetAddress host, String why, boolean certificate) {
        doorbook.keptOut(
                host.getHostAddress(), certificate, "A connection from " + host.getHostAddress() + ": " + why + ".");
        if (hosts.size() < MOST_HOSTS && hosts.add(host)) {
            logger.warning("A connection from " + host.getHostAddress() + " was not accepted: " + why
                    + ". If it is a node: do both sides use TLS, and does each trust the other's certificate?");
        } else {
            say("not accepted: %s: %s", host, why);
        }
    }

    @Override
    public boolean isFatalEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isInfoEnabled() {
        return logger.isEnabled(Logger.Priority.DEBUG);
    }

    @Override
    public boolean isDebugEnabled() {
        return logger.isEnabled(Logger.Priority.DEBUG);
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public void fatal(String message) {
        say(message, (Throwable) null);
    }

    @Override
    public void fatal(String format, @Nullable Object... values) {
        say(format, values);
    }

    @Override
    public void fatal(String message, Throwable cause) {
        say(message, cause);
    }

    @Override
    public void error(String message) {
        say(message, (Throwable) null);
    }

    @Override
    public void error(String format, @Nullable Object... values) {
        say(format, values);
    }

    @Override
    public void error(String message, Throwable cause) {
        say(message, cause);
    }

    @Override
    public void warn(String format, @Nullable Object... values) {
        say(format, values);
    }

    @Override
    public void warn(String message) {
        say(message, (Throwable) null);
    }

    @Override
    public void warn(String message, Throwable cause) {
        say(message, cause);
    }

    @Override
    public void info(String message) {
        say(message, (Throwable) null);
    }

    @Override
    public void info(String format, @Nullable Object... values) {
        say(format, values);
    }

    @Override
    public void debug(String message) {
        say(message, (Throwable) null);
    }

    @Override
    public void debug(String format, @Nullable Object... values) {
        say(format, values);
    }

    @Override
    public void debug(String message, Throwable cause) {
        say(message, cause);
    }

    @Override
    public void trace(Object message) {}

    @Override
    public void trace(String message) {}

    @Override
    public void trace(String format, @Nullable Object... values) {}

    @Override
    public void trace(String message, Throwable cause) {}

    @Override
    public void setLevel(String level) {}

    @Override
    public String getLevel() {
        return "debug";
    }
}
