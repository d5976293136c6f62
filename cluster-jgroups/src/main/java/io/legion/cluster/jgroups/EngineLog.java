package io.legion.cluster.jgroups;

import io.legion.service.Logger;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jgroups.logging.Log;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/// What JGroups' connections have to say, for who is looking for the cause of something. Only a connection that
/// was not accepted (a wrong certificate, a peer without TLS) is a warning, once for each host.
final class EngineLog implements Log {

    private static final int MOST_HOSTS = 256;

    private final Logger logger;
    private final String notAccepted = Util.getMessage("AcceptError");
    private final Set<String> hosts = Collections.synchronizedSet(new HashSet<>());

    EngineLog(Logger logger) {
        this.logger = logger;
    }

    private void say(Object message, @Nullable Throwable cause) {
        logger.debug(() -> "JGroups: " + message + (cause == null ? "" : ": " + cause));
    }

    // The formats are JGroups'.
    @SuppressWarnings("AnnotateFormatMethod")
    private void say(String format, @Nullable Object... values) {
        logger.debug(() -> "JGroups: " + String.format(format, values));
    }

    @Override
    public void warn(String format, @Nullable Object... values) {
        if (format.equals(notAccepted) && values.length == 3) {
            notAccepted(String.valueOf(values[1]), String.valueOf(values[2]));
        } else {
            say(format, values);
        }
    }

    private void notAccepted(String socket, String why) {
        var host = host(socket);
        if (hosts.size() < MOST_HOSTS && hosts.add(host)) {
            logger.warning("A connection from " + host + " was not accepted: " + why
                    + ". If it is a node: do both sides use TLS, and does each trust the other's certificate?");
        } else {
            say("not accepted: %s: %s", socket, why);
        }
    }

    /// The host in what a socket says of itself, as `Socket[addr=/127.0.0.1,port=1,localport=2]`.
    private static String host(String socket) {
        int from = socket.indexOf("addr=");
        int to = socket.indexOf(',', from);
        return from < 0 || to < 0
                ? "an unknown host"
                : socket.substring(from + 5, to).replace("/", "");
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
