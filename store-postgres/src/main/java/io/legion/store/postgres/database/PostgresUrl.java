package io.legion.store.postgres.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The address of a database, with the credentials taken out of it, so that the rest can be shown.
///
/// @param jdbc what the driver takes, without user and password
/// @param place for people
record PostgresUrl(
        String jdbc,
        String place,
        @Nullable String user,
        @Nullable String password) {

    private static final String JDBC = "jdbc:";
    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://");

    /// @throws IllegalArgumentException if it is no such address; the message does not repeat it
    static PostgresUrl parse(String text) {
        var url = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
        var rest = SCHEMES.stream()
                .filter(url::startsWith)
                .findFirst()
                .map(scheme -> url.substring(scheme.length()))
                .orElseThrow(PostgresUrl::wrong);
        int slash = rest.indexOf('/');
        int query = rest.indexOf('?');
        if (slash <= 0 || (query >= 0 && query <= slash + 1) || slash == rest.length() - 1) {
            throw wrong();
        }
        int at = rest.lastIndexOf('@', slash);
        // Else what follows the first slash of a password would be shown as the place.
        if (rest.lastIndexOf('@', query < 0 ? rest.length() : query) > slash) {
            throw wrong();
        }
        var place = query < 0 ? rest.substring(at + 1) : rest.substring(at + 1, query);
        return new Parts(place)
                .credentials(at < 0 ? "" : rest.substring(0, at))
                .parameters(query < 0 ? "" : rest.substring(query + 1))
                .url();
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "the URL must be such as jdbc:postgresql://HOST:5432/DATABASE; in a user or a password, write / as %2F and @ as"
                        + " %40");
    }

    @Override
    public String toString() {
        return place;
    }

    /// What was found so far.
    private static final class Parts {
        private final String place;
        private final List<String> parameters = new ArrayList<>();
        private @Nullable String user;
        private @Nullable String password;

        Parts(String place) {
            this.place = place;
        }

        Parts credentials(String text) {
            int colon = text.indexOf(':');
            if (!text.isEmpty()) {
                user = decoded(colon < 0 ? text : text.substring(0, colon));
                password = colon < 0 ? null : decoded(text.substring(colon + 1));
            }
            return this;
        }

        Parts parameters(String text) {
            Arrays.stream(text.split("&")).filter(part -> !part.isEmpty()).forEach(this::parameter);
            return this;
        }

        private void parameter(String text) {
            if (text.startsWith("user=")) {
                user = decoded(text.substring("user=".length()));
            } else if (text.startsWith("password=")) {
                password = decoded(text.substring("password=".length()));
            } else {
                parameters.add(text);
            }
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                // The exception repeats what may be a password.
                throw wrong();
            }
        }

        PostgresUrl url() {
            var tail = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
            return new PostgresUrl("jdbc:postgresql://" + place + tail, place, user, password);
        }
    }
}
