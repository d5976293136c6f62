package io.legion.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a client must show: a bearer token (RFC 6750), a name and a password (HTTP Basic, RFC 7617), which some
/// clients put into the URL, or a certificate (in TLS). If several are configured, one of them will do.
///
/// @param token the token
/// @param tokenFile a file that holds it
/// @param user the name
/// @param password its password, unless `passwordFile` is given
/// @param passwordFile a file that holds it
/// @param clientAuthority the certificates (PEM) of the authorities whose certificates let a client in; needs
///     TLS
public record Authentication(
        @Nullable String token,
        @Nullable Path tokenFile,
        @Nullable String user,
        @Nullable String password,
        @Nullable Path passwordFile,
        @Nullable Path clientAuthority) {

    /// @throws IllegalArgumentException if something is missing or given twice
    public Authentication {
        if (token != null && tokenFile != null) {
            throw new IllegalArgumentException("give either token or tokenFile.");
        }
        boolean onePassword = (password == null) != (passwordFile == null);
        boolean anyPassword = password != null || passwordFile != null;
        if (user == null ? anyPassword : !onePassword) {
            throw new IllegalArgumentException("user goes with either password or passwordFile.");
        }
        if (token == null && tokenFile == null && user == null && clientAuthority == null) {
            throw new IllegalArgumentException(
                    "give a token or tokenFile, or a user with its password or passwordFile, or a clientAuthority.");
        }
        if (user != null && user.contains(":")) {
            throw new IllegalArgumentException("user cannot have a colon, which ends it in HTTP Basic.");
        }
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "Authentication[tokenFile=" + tokenFile + ", user=" + user + ", passwordFile=" + passwordFile
                + ", clientAuthority=" + clientAuthority + "]";
    }
}
