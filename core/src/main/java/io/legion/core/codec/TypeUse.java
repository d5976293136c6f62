package io.legion.core.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A class with its type arguments, all of them known.
///
/// @param arguments empty for a class without type parameters, and where they are not given
record TypeUse(Class<?> raw, List<TypeUse> arguments) {

    /// Resolves a type where it is used.
    ///
    /// @param variables what the type variables in scope stand for
    static TypeUse of(Type type, Map<TypeVariable<?>, TypeUse> variables, String path) {
        return switch (type) {
            case Class<?> raw -> new TypeUse(raw, List.of());
            case ParameterizedType generic -> {
                List<TypeUse> arguments = new ArrayList<>();
                for (Type argument : generic.getActualTypeArguments()) {
                    arguments.add(of(argument, variables, path));
                }
                yield new TypeUse((Class<?>) generic.getRawType(), List.copyOf(arguments));
            }
            case TypeVariable<?> variable -> known(variables.get(variable), variable, path);
            case WildcardType wildcard -> of(wildcard.getUpperBounds()[0], variables, path);
            default -> throw new IllegalArgumentException(path + ": " + type.getTypeName() + " is not supported");
        };
    }

    private static TypeUse known(@Nullable TypeUse use, TypeVariable<?> variable, String path) {
        if (use == null) {
            throw new IllegalArgumentException(path + ": the type variable " + variable + " of "
                    + variable.getGenericDeclaration() + " stands for no type here: give type arguments where the "
                    + "record is used");
        }
        return use;
    }

    /// What the type variables of this class stand for.
    Map<TypeVariable<?>, TypeUse> variables() {
        Map<TypeVariable<?>, TypeUse> variables = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(raw.getTypeParameters()[i], arguments.get(i));
        }
        return variables;
    }

    /// A permitted subclass of this one, its type variables resolved by how it extends this one.
    TypeUse permitted(Class<?> subclass) {
        Map<TypeVariable<?>, TypeUse> variables = new HashMap<>();
        for (Type parent : subclass.getGenericInterfaces()) {
            if (parent instanceof ParameterizedType generic && generic.getRawType() == raw) {
                match(generic.getActualTypeArguments(), variables);
            }
        }
        List<TypeUse> found = new ArrayList<>();
        for (TypeVariable<?> parameter : subclass.getTypeParameters()) {
            TypeUse use = variables.get(parameter);
            if (use == null) {
                return new TypeUse(subclass, List.of());
            }
            found.add(use);
        }
        return new TypeUse(subclass, List.copyOf(found));
    }

    private void match(Type[] given, Map<TypeVariable<?>, TypeUse> variables) {
        for (int i = 0; i < Math.min(given.length, arguments.size()); i++) {
            if (given[i] instanceof TypeVariable<?> variable) {
                variables.put(variable, arguments.get(i));
            }
        }
    }

    /// How the type reads in messages: `Pair<String, Long>`.
    String name() {
        return arguments.isEmpty()
                ? raw.getSimpleName()
                : raw.getSimpleName() + "<"
                        + String.join(
                                ", ", arguments.stream().map(TypeUse::name).toList()) + ">";
    }
}
