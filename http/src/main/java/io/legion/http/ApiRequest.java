package io.legion.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A request whose body has been read.
public final class ApiRequest {
    /// The [#caller()] who has shown nothing that is right, where the server wants something: such a one asks
    /// only what is for everybody.
    public static final String STRANGER = "a stranger";

    private final String method;
    private final List<String> segments;
    private final Map<String, List<String>> query;
    private final Function<String, Optional<String>> headers;
    private final byte[] body;
    private final InetAddress remote;
    private final String caller;
    private final Map<String, String> variables;

    /// @param segments the path, decoded, cut at its slashes
    /// @param headers the first value of a header by its name
    /// @param body belongs to the request
    /// @param remote where it comes from
    /// @param caller who asks, as [#caller()] says
    /// @param variables the values of the route's variables
    public ApiRequest(
            String method,
            List<String> segments,
            Map<String, List<String>> query,
            Function<String, Optional<String>> headers,
            byte[] body,
            InetAddress remote,
            String caller,
            Map<String, String> variables) {
        this.method = method;
        this.segments = List.copyOf(segments);
        this.query = Map.copyOf(query);
        this.headers = headers;
        this.body = body;
        this.remote = remote;
        this.caller = caller;
        this.variables = Map.copyOf(variables);
    }

    ApiRequest bound(Map<String, String> values) {
        return new ApiRequest(method, segments, query, headers, body, remote, caller, values);
    }

    /// `GET`, `PUT` and so on.
    public String method() {
        return method;
    }

    /// The path, decoded, cut at its slashes.
    public List<String> segments() {
        return segments;
    }

    /// The value of a variable of the route.
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no variable " + name);
        }
        return value;
    }

    /// The first value of a query parameter.
    public Optional<String> query(String name) {
        return queries(name).stream().findFirst();
    }

    /// All values of a query parameter.
    public List<String> queries(String name) {
        return query.getOrDefault(name, List.of());
    }

    /// All query parameters.
    public Map<String, List<String>> queries() {
        return query;
    }

    /// A whole number in the query, or `otherwise` if the parameter is not there.
    ///
    /// @throws HttpException 400 if it is not a number in the bounds
    public long number(String name, long otherwise, long least, long most) {
        var text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number outside its bounds.
        }
        throw HttpException.badRequest(
                "the parameter " + name + " must be a number from " + least + " to " + most + ", not " + text.get());
    }

    /// The first value of a header.
    public Optional<String> header(String name) {
        return headers.apply(name);
    }

    /// The address of the other end of the connection: the client's, or that of a proxy before this server.
    public InetAddress remote() {
        return remote;
    }

    /// Who asks, for people, by what it has shown: its name, the subject of its certificate, or that it has
    /// shown the token or nothing.
    public String caller() {
        return caller;
    }

    /// True if the server does not let in who asks, but answers such a request all the same.
    public boolean isStranger() {
        return caller.equals(STRANGER);
    }

    /// The body, which the caller must not change.
    public byte[] body() {
        return body;
    }
}
