package io.legion.store.postgres;

import io.legion.store.postgres.database.Postgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/// A database service whose connections pass a door of the test's.
///
/// @param poolDoor for those that are used again
/// @param directDoor for those beside the pool
record DoorPostgres(Postgres target, Door poolDoor, Door directDoor) implements Postgres {

    /// Lets connections through as they are.
    static final Door OPEN = DataSource::getConnection;

    /// What becomes of the wish for a connection.
    interface Door {
        Connection pass(DataSource from) throws SQLException;
    }

    @Override
    public DataSource pool() {
        return through(target.pool(), poolDoor);
    }

    @Override
    public DataSource direct() {
        return through(target.direct(), directDoor);
    }

    @Override
    public int connections() {
        return target.connections();
    }

    @Override
    public String place() {
        return target.place();
    }

    private static DataSource through(DataSource from, Door door) {
        return replacing(DataSource.class, from, "getConnection", _ -> door.pass(from));
    }

    /// What a call of a replaced method does.
    interface Replacement {
        Object call(Callable<Object> original) throws Exception;
    }

    /// The same object, but for the methods of one name.
    static <T> T replacing(Class<T> type, T target, String name, Replacement replacement) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    Callable<Object> original = () -> {
                        try {
                            return method.invoke(target, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause() instanceof Exception cause ? cause : failed;
                        }
                    };
                    return method.getName().equals(name) ? replacement.call(original) : original.call();
                }));
    }
}
