package io.onedump.sync;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Lets something happen at a certain moment of a sync. */
final class Interception {

    private Interception() {
    }

    interface Call {
        void made(Object[] arguments) throws IOException;
    }

    /** The same object, but each call of that method does something else first. */
    static <T> T before(String method, Class<T> type, T target, Call call) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        call.made(arguments);
                    }
                    try {
                        return called.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
