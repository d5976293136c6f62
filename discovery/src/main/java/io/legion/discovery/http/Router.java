package io.legion.discovery.http;

import io.legion.discovery.service.UnavailableException;
import java.util.List;
import java.util.TreeSet;

/// Finds the route that answers a request: the first that fits.
public final class Router {
    private final List<Route> routes;

    /// With these routes; those with fixed segments come before those with variables in the same place.
    public Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /// The reply to a request, a refusal included.
    public ApiReply answer(ApiRequest request) {
        try {
            return dispatch(request);
        } catch (HttpException refused) {
            return ApiReply.refusal(refused.status(), message(refused));
        } catch (IllegalArgumentException invalid) {
            return ApiReply.refusal(400, message(invalid));
        } catch (UnavailableException later) {
            return ApiReply.refusal(503, message(later)).header("Retry-After", "1");
        }
    }

    private ApiReply dispatch(ApiRequest request) {
        var others = new TreeSet<String>();
        for (var route : routes) {
            var variables = route.match(request.segments());
            if (variables.isPresent()) {
                if (route.method().equals(request.method())) {
                    return route.handler().handle(request.bound(variables.get()));
                }
                others.add(route.method());
            }
        }
        var path = "/" + String.join("/", request.segments());
        if (others.isEmpty()) {
            throw HttpException.notFound("there is nothing at " + path);
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
