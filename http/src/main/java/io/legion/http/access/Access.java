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

/// Lets in who shows the right token, password or certificate, and everybody if nothing is required.
///
/// Of what it knows and what it sees it compares only hashes, in constant time: how long that takes tells
/// neither how much of a secret was right nor how long it is.
public final class Access {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final String NOBODY_KNOWN = "anonymous";
    private static final String BEARER_OF_TOKEN = "the bearer of the token";

    private final List<byte[]> tokens = new ArrayList<>();
    private final List<byte[]> passwords = new ArrayList<>();
    private final boolean everybody;
    private final boolean certificates;
    private final String user;

    private Access(@Nullable Authentication required) {
        this.everybody = required == null;
        this.certificates = required != null && required.clientAuthority() != null;
        this.user = required == null || required.user() == null ? "" : required.user();
    }

    /// Lets in who shows what is required here; everybody if that is null.
    ///
    /// @throws IllegalArgumentException if a file with a secret cannot be read
    public static Access of(@Nullable Authentication required) {
        var access = new Access(required);
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

    /// Who asks with this `Authorization` header and over a connection with this certificate, for people; empty
    /// if it shows nothing that is right.
    ///
    /// @param certified the subject of a certificate of the authorities configured
    public Optional<String> caller(@Nullable String authorization, @Nullable String certified) {
        if (everybody) {
            return Optional.of(NOBODY_KNOWN);
        }
        if (certificates && certified != null) {
            return Optional.of(certified);
        }
        return authorization == null ? Optional.empty() : caller(authorization);
    }

    private Optional<String> caller(String authorization) {
        if (starts(authorization, BEARER)) {
            var token = authorization.substring(BEARER.length()).strip();
            return isAmong(tokens, token.getBytes(StandardCharsets.UTF_8))
                    ? Optional.of(BEARER_OF_TOKEN)
                    : Optional.empty();
        }
        boolean right = starts(authorization, BASIC)
                && isAmong(
                        passwords,
                        decoded(authorization.substring(BASIC.length()).strip()));
        return right ? Optional.of(user) : Optional.empty();
    }

    /// The refusal of a request that shows nothing that is right.
    public ApiReply refusal() {
        var refusal = ApiReply.refusal(401, "this needs " + wanted());
        return challenge().isEmpty() ? refusal : refusal.header("WWW-Authenticate", challenge());
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
        var ways = new ArrayList<String>();
        if (!tokens.isEmpty()) {
            ways.add("a bearer token in the header Authorization");
        }
        if (!passwords.isEmpty()) {
            ways.add("a name and a password (Basic) in the header Authorization");
        }
        if (certificates) {
            ways.add("a certificate of an authority that the server trusts");
        }
        return String.join(", or ", ways);
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
