package io.legion.http;

/// A refused request, with the status and the message of the reply.
public final class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param message for the caller: what is wrong, and what would be right
    public HttpException(int status, String message) {
        super(message);
        this.status = status;
    }

    /// 400.
    public static HttpException badRequest(String message) {
        return new HttpException(400, message);
    }

    /// 404.
    public static HttpException notFound(String message) {
        return new HttpException(404, message);
    }

    /// The status of the reply.
    public int status() {
        return status;
    }
}
