package io.legion.operations;

/// Another node could not be asked ([Operations#at]): it cannot be reached, did not answer in time, is busy, or
/// does not know the question. The message says which, and what to do.
///
/// A question changes nothing. An order, such as [Operations#leave], may have been carried out all the same if the
/// node did not answer in time ([#mayHaveBeenAsked]).
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean maybeAsked;

    /// Of a node that may have been asked.
    ///
    /// @param message which node, what is true, and what to do
    public UnreachableException(String message) {
        this(message, true);
    }

    private UnreachableException(String message, boolean maybeAsked) {
        super(message);
        this.maybeAsked = maybeAsked;
    }

    /// Of a node that was certainly not asked, or did not begin what it was asked.
    ///
    /// @param message which node, what is true, and what to do
    public static UnreachableException notAsked(String message) {
        return new UnreachableException(message, false);
    }

    /// False if nothing was sent or begun, so that an order is certainly not carried out.
    public boolean mayHaveBeenAsked() {
        return maybeAsked;
    }
}
