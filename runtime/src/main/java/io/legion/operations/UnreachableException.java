package io.legion.operations;

/// Another node could not be asked ([Operations#at]): it cannot be reached, did not answer in time, is busy, or
/// does not know the question. The message says which, and what to do.
///
/// A question changes nothing. An order, such as [Operations#leave], may have been carried out all the same if the
/// node did not answer in time.
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message which node, what is true, and what to do
    public UnreachableException(String message) {
        super(message);
    }
}
