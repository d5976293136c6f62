package io.legion.http.access;

import io.legion.http.ApiReply;
import io.legion.http.Authentication;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets in who shows the right token or password, and everybody if there is none.
///
/// Of what it knows and what it sees it compares only hashes, in constant time: how long that takes tells
/// neither how much of a secret was right nor how long it is.
public final class Access {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final List<byte[]> tokens = new ArrayList<>();
    private final List<byte[]> passwords = new ArrayList<>();

    private Access() {}

    /// Lets in who shows what is required here; everybody if that is null.
    ///
    /// @throws IllegalArgumentException if a file with a secret cannot be read
    public static Access of(@Nullable Authentication required) {
        var access = new Access();
        if (required != null) {
            var token = SecretFile.read("token", required.token(), required.tokenFile());
            if (token != null) {
                access.tokens.add(hash(token.strip().getBytes(StandardCharsets.UTF_8)));
            }
            var password = SecretFile.read("password", required.password(), required.passwordFile());
            if (password != null) {
                access.passwords.add(hash((required.user() + ":" + password).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return access;
    }

    /// The refusal of a request with this `Authorization` header; empty if it may go on.
    public Optional<ApiReply> refusal(@Nullable String authorization) {
        boolean open = tokens.isEmpty() && passwords.isEmpty();
        if (open || (authorization != null && isRight(authorization))) {
            return Optional.empty();
        }
        return Optional.of(ApiReply.refusal(401, "this needs " + wanted() + " in the header Authorization")
                .header("WWW-Authenticate", challenge()));
    }

    private boolean isRight(String authorization) {
        if (starts(authorization, BEARER)) {
            var token = authorization.substring(BEARER.length()).strip();
            return isAmong(tokens, token.getBytes(StandardCharsets.UTF_8));
        }
        return starts(authorization, BASIC)
                && isAmong(
                        passwords,
                        decoded(authorization.substring(BASIC.length()).strip()));
    }

    private static boolean starts(String authorization, String scheme) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            return new byte[0]; // right for nobody: there is a colon in every right one
        }
    }

    private static boolean isAmong(List<byte[]> right, byte[] shown) {
        var hash = hash(shown);
        return right.stream().anyMatch(one -> MessageDigest.isEqual(one, hash));
    }

    private String wanted() {
        if (passwords.isEmpty()) {
            return "a bearer token";
        }
        return tokens.isEmpty() ? "a name and a password (Basic)" : "a bearer token, or a name and a password (Basic),";
    }

    /// Basic first: browsers and old clients look at the first challenge only, and cannot ask a person for a
    /// token.
    private String challenge() {
        var basic = passwords.isEmpty() ? "" : "Basic realm=\"legion\", charset=\"UTF-8\"";
        var bearer = tokens.isEmpty() ? "" : "Bearer realm=\"legion\"";
        return basic.isEmpty() || bearer.isEmpty() ? basic + bearer : basic + ", " + bearer;
    }

    private static byte[] hash(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every JDK has SHA-256", never);
        }
    }
}
