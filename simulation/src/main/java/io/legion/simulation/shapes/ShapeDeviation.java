package io.legion.simulation.shapes;

/// One thing in which a format differs from a kept one.
///
/// @param place the type, or the type and the part of it, such as `Account.owner`
/// @param kept what is kept of it, empty if it is new
/// @param now what it is, empty if it is gone
record ShapeDeviation(Kind kind, String place, String kept, String now) {
    /// What it is that differs.
    enum Kind {
        COMPONENT_GONE("component"),
        COMPONENT_NEW("component"),
        ALTERNATIVE_GONE("alternative"),
        ALTERNATIVE_NEW("alternative"),
        CONSTANT_GONE("constant"),
        CONSTANT_NEW("constant"),
        RETYPED("type");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }

        boolean isGone() {
            return this == COMPONENT_GONE || this == ALTERNATIVE_GONE || this == CONSTANT_GONE;
        }

        boolean isNew() {
            return this == COMPONENT_NEW || this == ALTERNATIVE_NEW || this == CONSTANT_NEW;
        }
    }

    /// Whether values of a record are others by it.
    boolean isOfComponent() {
        return kind == Kind.COMPONENT_NEW
                || kind == Kind.COMPONENT_GONE
                || (kind == Kind.RETYPED && place.contains("."));
    }

    /// The name of the part in the bytes.
    String part() {
        return place.substring(place.lastIndexOf('.') + 1);
    }

    /// The type that the part belongs to.
    String owner() {
        return place.contains(".") ? place.substring(0, place.lastIndexOf('.')) : place;
    }

    /// As a sentence without its full stop.
    String sentence() {
        return switch (kind) {
            case COMPONENT_GONE -> "the component " + place + " (" + kept + ") is gone";
            case COMPONENT_NEW -> "the component " + place + " (" + now + ") is new";
            case RETYPED -> place + " was " + kept + " and is " + now;
            default -> "the " + kind.noun + " " + part() + " of " + owner() + " is " + (kind.isGone() ? "gone" : "new");
        };
    }
}
