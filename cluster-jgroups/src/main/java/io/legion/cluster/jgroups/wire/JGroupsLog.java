package io.legion.cluster.jgroups.wire;

import io.legion.service.Logger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jgroups.logging.Log;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/// What JGroups' connections have to say, for somebody who looks for a cause. Only a connection that was not
/// accepted (a wrong certificate, a peer without TLS) is a warning, once for each host.
public final class JGroupsLog implements Log {

    private static final int MOST_HOSTS = 256;

    private final Logger logger;
    private final String notAccepted = Util.getMessage("AcceptError");
    private final Set<InetAddress> hosts = Collections.synchronizedSet(new HashSet<>());

    /// Tells the logger.
    public JGroupsLog(Logger logger) {
        this.logger = logger;
    }

    private void say(Object message, @Nullable Throwable cause) {
        logger.debug(() -> "JGroups: " + message + (cause == null ? "" : ": " + cause));
    }

    // The formats are JGroups'.
    @SuppressWarnings("AnnotateFormatMethod")
    private void say(String format, @Nullable Object... values) {
        logger.debug(() -> "JGroups: " + String.format(Locale.ROOT, format, values));
    }

    @Override
    public void warn(String format, @Nullable Object... values) {
        boolean refusal = format.equals(notAccepted) && values.length == 3;
        if (refusal && values[1] instanceof Socket socket && socket.getInetAddress() != null) {
            // JGroups' own clean-up hides why a handshake failed.
            var why = values[2] instanceof SocketException ? "it ended before it was secured" : values[2];
            notAccepted(socket.getInetAddress(), String.valueOf(why));
        } else {
            say(format, values);
        }
    }

    /// Warns, once for each host.
    void notAccepted(InetAddress host, String why) {
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
