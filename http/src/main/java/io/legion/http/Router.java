package io.legion.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// Finds the route that answers a request: the first that fits.
public final class Router {
    private final List<Route> routes;
    private final List<Function<RuntimeException, Optional<ApiReply>>> refusals;
    private final Gate gate;

    private Router(List<Route> routes, List<Function<RuntimeException, Optional<ApiReply>>> refusals, Gate gate) {
        this.routes = List.copyOf(routes);
        this.refusals = List.copyOf(refusals);
        this.gate = gate;
    }

    /// With these routes; those with fixed segments come before those with variables in the same place.
    public Router(List<Route> routes) {
        this(routes, List.of(), Gate.OPEN);
    }

    /// The same routes, with the reply to an exception of the service's own. Beside such ones a handler
    /// refuses by [HttpException], and by [IllegalArgumentException], which is a 400; any other exception is
    /// a bug, and a 500.
    public <X extends RuntimeException> Router refusing(Class<X> type, Function<X, ApiReply> refusal) {
        var more = new ArrayList<>(refusals);
        more.add(failure ->
                type.isInstance(failure) ? Optional.of(refusal.apply(type.cast(failure))) : Optional.empty());
        return new Router(routes, more, gate);
    }

    /// The same routes behind this gate.
    public Router behind(Gate newGate) {
        return new Router(routes, refusals, newGate);
    }

    /// What all requests and replies pass.
    public Gate gate() {
        return gate;
    }

    /// The reply to a request, a refusal included.
    public ApiReply answer(ApiRequest request) {
        try {
            gate.check(request);
            return dispatch(request);
        } catch (HttpException refused) {
            return ApiReply.refusal(refused.status(), message(refused));
        } catch (RuntimeException failure) {
            return refusal(failure);
        }
    }

    /// True if a request with this target is answered whoever asks.
    public boolean isAnonymous(String method, List<String> segments) {
        return routes.stream()
                .filter(route -> route.answers(method) && route.match(segments).isPresent())
                .findFirst()
                .filter(Route::anonymous)
                .isPresent();
    }

    private ApiReply refusal(RuntimeException failure) {
        for (var refusal : refusals) {
            var reply = refusal.apply(failure);
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        if (failure instanceof IllegalArgumentException) {
            return ApiReply.refusal(400, message(failure));
        }
        throw failure;
    }

    private ApiReply dispatch(ApiRequest request) {
        var others = new TreeSet<String>();
        for (var route : routes) {
            var variables = route.match(request.segments());
            if (variables.isPresent()) {
                if (route.answers(request.method())) {
                    return route.handler().handle(request.bound(variables.get()));
                }
                others.add(route.method());
            }
        }
        var path = "/" + String.join("/", request.segments());
        if (others.isEmpty()) {
            throw HttpException.notFound("there is nothing at " + path);
        }
        if (others.contains("GET")) {
            others.add("HEAD");
        }
        var allowed = String.join(", ", others);
        return ApiReply.refusal(405, path + " does not know the method " + request.method() + ", only " + allowed)
                .header("Allow", allowed);
    }

    private static String message(RuntimeException failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
