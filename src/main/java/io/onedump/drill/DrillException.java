package io.onedump.drill;

import java.io.IOException;

/** A drill that found something, or that did not come to its end. */
public class DrillException extends IOException {

    public DrillException(String message) {
        super(message);
    }
}
